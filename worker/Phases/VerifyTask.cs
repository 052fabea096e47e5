using Federation.Proofs;

namespace Federation.Worker.Phases;

/// <summary>Verification of a C1 output from public inputs alone.</summary>
public sealed record VerifyTask
{
    /// <summary>The sector.</summary>
    public required PhaseSector Sector { get; init; }

    /// <summary>Ticket.</summary>
    public required Bytes32 Ticket { get; init; }

    /// <summary>Seed.</summary>
    public required Bytes32 Seed { get; init; }

    /// <summary>Commitment to the data.</summary>
    public required Bytes32 CommD { get; init; }

    /// <summary>Commitment to the replica.</summary>
    public required Bytes32 CommR { get; init; }

    /// <summary>File with C1's output, in either form.</summary>
    public required string Commit1OutputPath { get; init; }
}
