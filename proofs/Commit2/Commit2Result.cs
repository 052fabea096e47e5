using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Commit2;

/// <summary>What Commit2 made.</summary>
/// <param name="Inputs">What it proves.</param>
/// <param name="Proof">The proofs of all partitions, one behind the other, as the chain takes them; verified.</param>
/// <param name="Origin">Whose parameters they were made with.</param>
/// <param name="ParametersPath">The parameter file.</param>
/// <param name="Times">How long its parts took.</param>
public sealed record Commit2Result(
    SealPublicInputs Inputs,
    ReadOnlyMemory<byte> Proof,
    ParameterOrigin Origin,
    string ParametersPath,
    Commit2Times Times);
