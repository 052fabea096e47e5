namespace Federation.Proofs.Post;

/// <summary>A sector as the chain knows it.</summary>
/// <param name="Number">Sector number.</param>
/// <param name="CommR">Commitment to its replica.</param>
public readonly record struct PostSector(ulong Number, Bytes32 CommR);
