namespace Federation.Proofs.Groth16.Parameters;

/// <summary>What was found where a parameter file belongs.</summary>
public enum ParameterState
{
    /// <summary>No file.</summary>
    Missing,

    /// <summary>Filecoin's file.</summary>
    Official,

    /// <summary>A whole file of the circuit's form that is not Filecoin's.</summary>
    TestParameters,

    /// <summary>A file that cannot be used.</summary>
    Damaged,
}
