using Federation.Proofs.Groth16.Parameters;

namespace Federation.Launcher.Parameters;

/// <summary>The parameters that a run seals with.</summary>
/// <param name="Folder">Where they are; every process is told.</param>
/// <param name="Origin">Whose they are.</param>
/// <param name="SecondsToMake">How long this run took to make them; null when they were there.</param>
internal sealed record ParameterSummary(ParameterFolder Folder, ParameterOrigin Origin, double? SecondsToMake);
