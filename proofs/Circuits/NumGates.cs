using System.Diagnostics;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Circuits;

/// <summary>Gates on field elements.</summary>
internal static class NumGates
{
    private const int NodeBits = 8 * Fr.SizeBytes;

    internal static Num AllocateNum(this ConstraintSystem system, in Fr value) => new(system.Allocate(value), value);

    /// <summary>A new variable for a node; absent without a witness.</summary>
    /// <exception cref="NonCanonicalFieldElementException">The node is not below r.</exception>
    internal static Num AllocateNode(this ConstraintSystem system, ReadOnlySpan<byte> node) =>
        system.AllocateNum(system.HasWitness ? Fr.FromBytes(node) : Fr.Zero);

    /// <summary>Makes the element known to the verifier, as the next input.</summary>
    internal static void Expose(this ConstraintSystem system, in Num number)
    {
        var input = system.AllocateInput(number.Value);
        system.A.Add(input);
        system.B.Add(Variable.One);
        system.C.Add(number.Variable);
        system.Enforce();
    }

    internal static void RequireEqual(this ConstraintSystem system, in Num left, in Num right)
    {
        system.A.Add(left.Variable);
        system.B.Add(Variable.One);
        system.C.Add(right.Variable);
        system.Enforce();
    }

    internal static Num Add(this ConstraintSystem system, in Num left, in Num right)
    {
        var sum = system.AllocateNum(left.Value + right.Value);
        system.A.Add(left.Variable).Add(right.Variable);
        system.B.Add(Variable.One);
        system.C.Add(sum.Variable);
        system.Enforce();
        return sum;
    }

    /// <summary>condition ? whenTrue : whenFalse.</summary>
    internal static Num Pick(this ConstraintSystem system, Bit condition, in Num whenTrue, in Num whenFalse)
    {
        var picked = system.AllocateNum(condition.Value ? whenTrue.Value : whenFalse.Value);
        system.A.Add(whenFalse.Variable).Subtract(whenTrue.Variable);
        condition.AddTo(system.B);
        system.C.Add(whenFalse.Variable).Subtract(picked.Variable);
        system.Enforce();
        return picked;
    }

    /// <summary>
    /// The element as 256 bits in the order of a hashed message: bytes from the lowest, in each the highest bit first.
    /// The 255 bits are allocated from the lowest up; the 256th is constant.
    /// </summary>
    internal static void ToMessage(this ConstraintSystem system, in Num number, Span<Bit> message)
    {
        Debug.Assert(message.Length == NodeBits, "A node is 256 bits long.");
        Span<byte> value = stackalloc byte[Fr.SizeBytes];
        if (system.HasWitness)
        {
            number.Value.WriteBytes(value);
        }

        message.Clear();
        for (var i = 0; i < FrPowers.Bits; i++)
        {
            message[MessageOrder(i)] = system.AllocateBit((value[i >> 3] >> (i & 7) & 1) != 0);
        }

        for (var i = 0; i < FrPowers.Bits; i++)
        {
            message[MessageOrder(i)].AddTo(system.C, i);
        }

        system.C.Subtract(number.Variable);
        system.Enforce();
    }

    /// <summary>The element whose 254 bits are the beginning of a digest; the digest's last two bits are cut.</summary>
    internal static Num FromDigest(this ConstraintSystem system, ReadOnlySpan<Bit> digest)
    {
        Span<byte> value = stackalloc byte[Fr.SizeBytes];
        for (var i = 0; i < FrPowers.Capacity; i++)
        {
            var bit = digest[MessageOrder(i)];
            value[i >> 3] |= bit.Value ? (byte)(1 << (i & 7)) : (byte)0;
            bit.AddTo(system.A, i);
        }

        var number = system.AllocateNum(system.HasWitness ? Fr.FromBytes(value) : Fr.Zero);
        system.B.Add(Variable.One);
        system.C.Add(number.Variable);
        system.Enforce();
        return number;
    }

    /// <summary>Makes a number of at most 64 bits, the lowest first, known to the verifier as the next input.</summary>
    internal static void ExposePacked(this ConstraintSystem system, ReadOnlySpan<Bit> bits)
    {
        ulong value = 0;
        for (var i = 0; i < bits.Length; i++)
        {
            value |= bits[i].Value ? 1UL << i : 0;
            bits[i].AddTo(system.A, i);
        }

        var input = system.AllocateInput(system.HasWitness ? Fr.FromUInt64(value) : Fr.Zero);
        system.B.Add(Variable.One);
        system.C.Add(input);
        system.Enforce();
    }

    // Where bit i of a number stands when its bytes, lowest first, are a message.
    private static int MessageOrder(int bit) => bit ^ 7;
}
