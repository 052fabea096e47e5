using System.Numerics;
using Federation.Proofs.Constraints;

namespace Federation.Proofs.Circuits;

/// <summary>Gates on words: those on bits, from the lowest bit up, and addition modulo 2^32.</summary>
internal static class WordGates
{
    internal static Word Xor(this ConstraintSystem system, in Word a, in Word b)
    {
        Word result = default;
        for (var i = 0; i < Word.Length; i++)
        {
            result[i] = system.Xor(a[i], b[i]);
        }

        return result;
    }

    internal static Word Choose(this ConstraintSystem system, in Word a, in Word b, in Word c)
    {
        Word result = default;
        for (var i = 0; i < Word.Length; i++)
        {
            result[i] = system.Choose(a[i], b[i], c[i]);
        }

        return result;
    }

    internal static Word Majority(this ConstraintSystem system, in Word a, in Word b, in Word c)
    {
        Word result = default;
        for (var i = 0; i < Word.Length; i++)
        {
            result[i] = system.Majority(a[i], b[i], c[i]);
        }

        return result;
    }

    /// <summary>
    /// The sum modulo 2^32. The bits of the whole sum are allocated, and stated to be equal to it among the equalities
    /// of <paramref name="equalities"/>.
    /// </summary>
    internal static Word Add(this ConstraintSystem system, PackedEqualities equalities, ReadOnlySpan<Word> operands)
    {
        ulong sum = 0;
        var constant = true;
        foreach (ref readonly var operand in operands)
        {
            sum += Word.ValueOf(operand);
            constant = constant && Word.IsConstant(operand);
        }

        return constant ? Word.Constant((uint)sum) : AddVariables(system, equalities, operands, sum);
    }

    private static Word AddVariables(
        ConstraintSystem system, PackedEqualities equalities, ReadOnlySpan<Word> operands, ulong sum)
    {
        var length = 64 - BitOperations.LeadingZeroCount((ulong)operands.Length * uint.MaxValue);
        Span<Bit> bits = stackalloc Bit[2 * Word.Length];
        bits = bits[..length];
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = system.AllocateBit((sum >> i & 1) != 0);
        }

        var shift = equalities.Begin(length);
        foreach (ref readonly var operand in operands)
        {
            for (var i = 0; i < Word.Length; i++)
            {
                operand[i].AddTo(equalities.Left, shift + i);
            }
        }

        Word result = default;
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i].AddTo(equalities.Right, shift + i);
        }

        bits[..Word.Length].CopyTo(result);
        return result;
    }
}
