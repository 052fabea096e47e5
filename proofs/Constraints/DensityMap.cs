using System.Numerics;

namespace Federation.Proofs.Constraints;

/// <summary>
/// Which variables of a kind occur in the combinations of one side of the rows, with a coefficient other than zero.
/// Points of the parameters exist for those alone.
/// </summary>
public sealed class DensityMap
{
    private readonly ulong[] _words;

    internal DensityMap(int length)
    {
        Length = length;
        _words = new ulong[(length + 63) / 64];
    }

    /// <summary>Number of variables.</summary>
    public int Length { get; }

    /// <summary>Number of variables that occur.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>One bit per variable, the lowest bit of the first word for variable 0.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>True when the variable with this number occurs.</summary>
    public bool this[int index] => (_words[index >> 6] >> (index & 63) & 1) != 0;

    /// <summary>Notes that a variable occurs. May be called from several threads.</summary>
    internal void Mark(int index)
    {
        ref var word = ref _words[index >> 6];
        var bit = 1UL << (index & 63);
        if ((Volatile.Read(ref word) & bit) == 0)
        {
            Interlocked.Or(ref word, bit);
        }
    }
}
