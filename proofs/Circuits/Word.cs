using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Federation.Proofs.Circuits;

/// <summary>An unsigned number of 32 bits, the lowest first. The default is the constant zero.</summary>
[InlineArray(Length)]
[SuppressMessage("Style", "IDE0044", Justification = "An inline array's field is written through its elements.")]
[SuppressMessage("CodeQuality", "IDE0051", Justification = "An inline array's field is read through its elements.")]
internal struct Word
{
    internal const int Length = 32;

    private Bit _first;

    internal static Word Constant(uint value)
    {
        Word word = default;
        for (var i = 0; i < Length; i++)
        {
            word[i] = Bit.Constant((value >> i & 1) != 0);
        }

        return word;
    }

    /// <summary>The word of 32 bits of a message, whose order is the highest bit first.</summary>
    internal static Word FromMessage(ReadOnlySpan<Bit> bits)
    {
        Word word = default;
        for (var i = 0; i < Length; i++)
        {
            word[i] = bits[Length - 1 - i];
        }

        return word;
    }

    /// <summary>Writes the 32 bits with the highest first.</summary>
    internal static void WriteMessage(in Word word, Span<Bit> bits)
    {
        for (var i = 0; i < Length; i++)
        {
            bits[i] = word[Length - 1 - i];
        }
    }

    internal static Word RotateRight(in Word word, int by)
    {
        Word rotated = default;
        for (var i = 0; i < Length; i++)
        {
            rotated[i] = word[(i + by) % Length];
        }

        return rotated;
    }

    internal static Word ShiftRight(in Word word, int by)
    {
        Word shifted = default;
        for (var i = 0; i < Length - by; i++)
        {
            shifted[i] = word[i + by];
        }

        return shifted;
    }

    internal static bool IsConstant(in Word word)
    {
        foreach (ref readonly var bit in (ReadOnlySpan<Bit>)word)
        {
            if (!bit.IsConstant)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The number; no meaning without a witness unless the word is constant.</summary>
    internal static uint ValueOf(in Word word)
    {
        uint value = 0;
        for (var i = 0; i < Length; i++)
        {
            value |= word[i].Value ? 1u << i : 0;
        }

        return value;
    }
}
