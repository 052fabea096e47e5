using Federation.Integration.Tests.Support;

namespace Federation.Integration.Tests;

/// <summary>What the devnet counted.</summary>
internal static class Devnet
{
    /// <summary>
    /// One pre-commit and one commit per sector were ever submitted, refused ones counted, and both landed well.
    /// </summary>
    public static async Task AssertOneMessageOfEachKindAsync(TestFederation federation, IReadOnlyList<ulong> sectors)
    {
        var messages = (await federation.CallAsync("FederationDevnetMessages", [null])).EnumerateArray().ToList();
        foreach (var sector in sectors)
        {
            foreach (var method in new[] { "PreCommitSector", "ProveCommitSector" })
            {
                var ofKind = messages
                    .Where(message => message.GetProperty("Sector").GetUInt64() == sector
                        && message.GetProperty("Method").GetString() == method)
                    .ToList();
                Assert.True(ofKind.Count == 1, $"sector {sector}: {ofKind.Count} {method} messages were submitted");
                Assert.Equal(0, ofKind[0].GetProperty("ExitCode").GetInt32());
            }
        }
    }
}
