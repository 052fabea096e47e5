namespace Federation.Proofs.Fft;

/// <summary>
/// How the stages of a transform are cut into passes over memory: passes over columns, which lie far apart, from the
/// whole down, and one over rows, which are contiguous.
/// </summary>
/// <param name="ColumnStages">Stages of each pass over columns; none where everything fits into one row.</param>
/// <param name="RowStages">Stages of the pass over rows.</param>
internal sealed record FftPlan(IReadOnlyList<int> ColumnStages, int RowStages)
{
    /// <summary>The most stages over columns: 2^9 runs of sixteen elements, 320 KiB as doubles.</summary>
    public const int MaxColumnStages = 9;

    /// <summary>The most stages over rows: as much memory.</summary>
    public const int MaxRowStages = 13;

    /// <summary>The least stages over rows: a square of sixteen by sixteen is transposed at a time.</summary>
    public const int MinRowStages = 8;

    /// <summary>Passes of about the same length, as few as there may be.</summary>
    public static FftPlan For(int logSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(logSize, MinRowStages);
        int columns = Math.Max(0, (logSize - MaxRowStages + MaxColumnStages - 1) / MaxColumnStages);
        int even = (logSize / (columns + 1)) + 2;
        int rowStages =
            Math.Max(Math.Min(Math.Min(MaxRowStages, logSize), even), logSize - (columns * MaxColumnStages));
        if (columns == 0)
        {
            return new FftPlan([], logSize);
        }

        int rest = logSize - rowStages;
        var stages = new int[columns];
        for (int i = 0; i < columns; i++)
        {
            stages[i] = (rest * (i + 1) / columns) - (rest * i / columns);
        }

        return new FftPlan(stages, rowStages);
    }
}
