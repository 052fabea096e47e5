namespace Federation.Proofs.PreCommit2;

/// <summary>Turns work of weighted stages, counted by many threads, into one fraction that never falls.</summary>
internal sealed class PhaseMeter(IProgress<PhaseProgress>? progress, params (string Name, double Weight)[] stages)
{
    private readonly Lock _gate = new();
    private readonly double _total = stages.Sum(stage => stage.Weight);
    private int _stage;
    private double _inStage;
    private double _before;

    /// <summary>Counts a part of the current stage, of which 1 is the whole.</summary>
    public void Add(double fractionOfStage)
    {
        lock (_gate)
        {
            _inStage = Math.Min(1, _inStage + fractionOfStage);
            progress?.Report(new PhaseProgress(
                stages[_stage].Name, Math.Min(1, (_before + (_inStage * stages[_stage].Weight)) / _total)));
        }
    }

    /// <summary>Ends the current stage and begins the next.</summary>
    public void NextStage()
    {
        lock (_gate)
        {
            _before += stages[_stage].Weight;
            _stage++;
            _inStage = 0;
        }
    }
}
