namespace Federation.Proofs.Commit1;

/// <summary>What Commit1 proves, and from which files.</summary>
public sealed record Commit1Request
{
    /// <summary>The sector's configuration.</summary>
    public required SealConfig Config { get; init; }

    /// <summary>Public inputs, CommD and CommR included: the files must agree with them.</summary>
    public required SealPublicInputs Inputs { get; init; }

    /// <summary>Cache folder with layers and trees, or for Synthetic with the file of synthetic proofs.</summary>
    public required string CacheDirectory { get; init; }

    /// <summary>The replica; not read when proofs come from the file of synthetic proofs.</summary>
    public required string SealedPath { get; init; }

    /// <summary>Form of the output; the API form for registered proofs.</summary>
    public required Commit1Form Form { get; init; }
}
