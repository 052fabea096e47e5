using Federation.Storage.Attempts;

namespace Federation.MinerAgent.Jobs;

/// <summary>Where a new attempt writes.</summary>
/// <param name="StorageId">The storage path's id.</param>
/// <param name="Attempt">The attempt.</param>
public sealed record AttemptPlace(string StorageId, AttemptId Attempt);
