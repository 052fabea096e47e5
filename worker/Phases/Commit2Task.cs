using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Worker.Phases;

/// <summary>C2: the proof that the chain takes.</summary>
public sealed record Commit2Task
{
    /// <summary>The sector.</summary>
    public required PhaseSector Sector { get; init; }

    /// <summary>Ticket.</summary>
    public required Bytes32 Ticket { get; init; }

    /// <summary>Seed.</summary>
    public required Bytes32 Seed { get; init; }

    /// <summary>CommD that C1's output must state; null: what it states.</summary>
    public Bytes32? CommD { get; init; }

    /// <summary>CommR that C1's output must state; null: what it states.</summary>
    public Bytes32? CommR { get; init; }

    /// <summary>File with C1's output, in either form.</summary>
    public required string Commit1OutputPath { get; init; }

    /// <summary>Folder of parameter files.</summary>
    public required ParameterCache Parameters { get; init; }

    /// <summary>Which of them may be used.</summary>
    public required ParameterPolicy Policy { get; init; }
}
