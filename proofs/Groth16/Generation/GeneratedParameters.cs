namespace Federation.Proofs.Groth16.Generation;

/// <summary>The files that a generator wrote.</summary>
/// <param name="Parameters">Path of the <c>.params</c> file.</param>
/// <param name="ParametersSha256">Its SHA-256, also in the file beside it.</param>
/// <param name="VerifyingKey">Path of the <c>.vk</c> file.</param>
/// <param name="VerifyingKeySha256">Its SHA-256, also in the file beside it.</param>
public sealed record GeneratedParameters(
    string Parameters, string ParametersSha256, string VerifyingKey, string VerifyingKeySha256);
