namespace Federation.Proofs.Trees;

/// <summary>Turns finished leaves, counted by many threads, into a fraction that never falls.</summary>
internal sealed class LeafCounter(long total, Action<double> report)
{
    private readonly Lock _gate = new();
    private long _done;

    public void Add(long leaves)
    {
        lock (_gate)
        {
            _done += leaves;
            report((double)_done / total);
        }
    }
}
