namespace Federation.Storage.Attempts;

/// <summary>One file of a complete attempt.</summary>
/// <param name="Name">Its name, as <see cref="AttemptFileName"/> writes it.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record AttemptFile(string Name, long Size);
