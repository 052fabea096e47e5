namespace Federation.Proofs.Post;

/// <summary>A sector that cannot be proved, since its files are missing, damaged or another sector's.</summary>
/// <param name="Number">Sector number.</param>
/// <param name="Reason">What was found, for people.</param>
public sealed record FaultySector(ulong Number, string Reason);
