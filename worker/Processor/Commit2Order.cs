using Federation.Proofs;
using Federation.Worker.Phases;

namespace Federation.Worker.Processor;

/// <summary>C2 as a line asks for it.</summary>
internal sealed record Commit2Order
{
    public required PhaseSector Sector { get; init; }

    public required Bytes32 Ticket { get; init; }

    public required Bytes32 Seed { get; init; }

    /// <summary>CommD that C1's output must state; null: what it states.</summary>
    public Bytes32? CommD { get; init; }

    /// <summary>CommR that C1's output must state; null: what it states.</summary>
    public Bytes32? CommR { get; init; }

    /// <summary>File with C1's output, in either form.</summary>
    public required string Commit1OutputPath { get; init; }

    /// <summary>Folder of parameter files; null: where the processor has its own.</summary>
    public string? ParametersPath { get; init; }
}
