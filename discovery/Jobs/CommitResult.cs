namespace Federation.Discovery.Jobs;

/// <summary>What became of a <see cref="JobChange"/>.</summary>
/// <param name="Applied">True: applied as a whole, once. False: a guard did not hold and nothing was written.</param>
/// <param name="Revision">The revision that it was applied at, or that it was refused at.</param>
public sealed record CommitResult(bool Applied, long Revision);
