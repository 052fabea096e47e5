namespace Federation.Bench.Figures;

/// <summary>Which of a result's numbers a goal is about.</summary>
internal enum GoalMeasure
{
    /// <summary>The value against its reference.</summary>
    Ratio,

    /// <summary>Core cycles for an operation.</summary>
    Cycles,

    /// <summary>The value itself.</summary>
    Value,
}
