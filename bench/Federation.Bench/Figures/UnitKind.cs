namespace Federation.Bench.Figures;

/// <summary>How a value comes about.</summary>
internal enum UnitKind
{
    /// <summary>Operations in a second: more is better.</summary>
    Rate,

    /// <summary>Seconds for an operation: less is better.</summary>
    Time,

    /// <summary>What the run counted: less is better.</summary>
    Amount,
}
