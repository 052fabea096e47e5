namespace Federation.Storage.Attempts;

/// <summary>One file of a complete attempt.</summary>
/// <param name="Name">Its name, as <see cref="AttemptFileName"/> writes it.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its digest in hex; empty where the size alone is checked.</param>
public sealed record AttemptFile(string Name, long Size, string Sha256 = "");
