namespace Federation.Hosting.Config;

/// <summary>A configuration that is right, with what its owner should still be told.</summary>
/// <param name="Value">The configuration.</param>
/// <param name="Warnings">One sentence each.</param>
/// <param name="Keys">Every key that the program reads.</param>
public sealed record ConfigResult<T>(T Value, IReadOnlyList<string> Warnings, IReadOnlyList<ConfigKey> Keys);
