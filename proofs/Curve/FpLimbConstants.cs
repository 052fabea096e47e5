using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Federation.Proofs.Curve;

/// <summary>
/// Constants of <see cref="FpLimbLanes"/>, each for eight limbs of 52 bits; a test makes them again from p.
/// A sum of limb products also holds the exponents of the doubles that the products were parted with: what is added
/// before the first row and after the last takes all of them away again.
/// </summary>
internal static class FpLimbConstants
{
    /// <summary>-1/p modulo 2^52.</summary>
    public const ulong NegativeInverse = 0x3fffcfffcfffd;

    /// <summary>The limbs of p.</summary>
    public static Vector512<double> Modulus
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            4222124650637995.0, 4480601151241119.0, 1883421074697215.0, 329812468902415.0,
            2080788367864709.0, 486514101631693.0, 539007656565323.0, 106513.0);
    }

    /// <summary>The limbs of p as integers.</summary>
    public static Vector512<ulong> ModulusLimbs
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0x000effffffffaaabUL, 0x000feb153ffffb9f, 0x0006b0f6241eabff, 0x00012bf6730d2a0f,
            0x000764774b84f385UL, 0x0001ba7b6434bacd, 0x0001ea397fe69a4b, 0x000000000001a011);
    }

    /// <summary>Before the rows of one product.</summary>
    public static Vector512<ulong> FirstOfOne
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0xbcd0000000000000UL, 0xecc0000000000000, 0x1cb0000000000000, 0x4ca0000000000000,
            0x7c90000000000000UL, 0xac80000000000000, 0xdc70000000000000, 0x0c60000000000000);
    }

    /// <summary>After the rows of one product.</summary>
    public static Vector512<ulong> LastOfOne
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0xc2b0000000000000UL, 0x92c0000000000000, 0x62d0000000000000, 0x32e0000000000000,
            0x02f0000000000000UL, 0xd300000000000000, 0xa310000000000000, 0x7320000000000000);
    }

    /// <summary>Before the rows of a sum of two products.</summary>
    public static Vector512<ulong> FirstOfSum
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0x79a0000000000000UL, 0x1ff0000000000000, 0xc640000000000000, 0x6c90000000000000,
            0x12e0000000000000UL, 0xb930000000000000, 0x5f80000000000000, 0x05d0000000000000);
    }

    /// <summary>After the rows of a sum of two products.</summary>
    public static Vector512<ulong> LastOfSum
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0xb8e0000000000000UL, 0x1290000000000000, 0x6c40000000000000, 0xc5f0000000000000,
            0x1fa0000000000000UL, 0x7950000000000000, 0xd300000000000000, 0x2cb0000000000000);
    }

    /// <summary>
    /// Before the rows of a difference of two products, with the low limbs of 4p² · 2^32, which keep it positive.
    /// </summary>
    public static Vector512<ulong> FirstOfDifference
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0x000638e400000000UL, 0xb99ac9aa8000071c, 0x7323b5ac75d8e0ba, 0x2cbce0d8844f3f5f,
            0xe644f9c6dd0c58b0UL, 0x9fd4681259afe47b, 0x5961eca4ba16a1c2, 0x12f75a1867218617);
    }

    /// <summary>After the rows of a difference of two products, with the high limbs of 4p² · 2^32.</summary>
    public static Vector512<ulong> LastOfDifference
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0xcc8524cc25e3bc04UL, 0x12ff45b7729bbd4c, 0x59627a2f414298b3, 0x9fd1ad19b967924d,
            0xe6478b72439439c1UL, 0x2cb49e3aa88bc97a, 0x732e92e30d7f1d2f, 0xb99000000000a90d);
    }
}
