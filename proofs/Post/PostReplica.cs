namespace Federation.Proofs.Post;

/// <summary>A sector and where its files lie.</summary>
/// <param name="Sector">What the chain knows of it.</param>
/// <param name="CacheDirectory">Folder with <c>p_aux</c> and tree-r-last.</param>
/// <param name="SealedPath">The replica.</param>
public sealed record PostReplica(PostSector Sector, string CacheDirectory, string SealedPath);
