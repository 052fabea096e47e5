using Federation.Chain;
using Federation.Discovery.Store;
using Federation.Proto.Records;
using Federation.Proto.Transport;
using Federation.Storage;

namespace Federation.Architecture.Tests;

/// <summary>
/// Numbers and names that reach the store, a disk or a wire. What has been written with them must be read by every
/// later version: members may be added, and nothing here may change.
/// </summary>
public sealed class FrozenNumbersTests
{
    [Theory]
    [InlineData(typeof(PhaseState), "Unspecified=0 Running=1 Done=2 Failed=3")]
    [InlineData(typeof(FailureKind), "Unspecified=0 Temporary=1 InvalidInput=2 Permanent=3")]
    [InlineData(typeof(GuardTarget), "Version=0 CreateRevision=1 ModRevision=2 Value=3 Lease=4")]
    [InlineData(typeof(GuardRelation), "Equal=0 Greater=1 Less=2 NotEqual=3")]
    [InlineData(typeof(RandomnessPurpose), "Ticket=5 Seed=6")]
    [InlineData(typeof(SectorFileType), "None=0 Unsealed=1 Sealed=2 Cache=4 Update=8 UpdateCache=16 Piece=32")]
    [InlineData(
        typeof(StatusCode),
        "OK=0 Cancelled=1 Unknown=2 InvalidArgument=3 DeadlineExceeded=4 NotFound=5 AlreadyExists=6 PermissionDenied=7 "
        + "ResourceExhausted=8 FailedPrecondition=9 Aborted=10 OutOfRange=11 Unimplemented=12 Internal=13 Unavailable=14 "
        + "DataLoss=15 Unauthenticated=16")]
    public void Enum_ThatReachesStoreDiskOrWire_KeepsItsNumbers(Type type, string frozen)
    {
        var now = Enum.GetValues(type).Cast<object>().Select(
            value => $"{value}={Convert.ToInt64(value, null)}").ToList();

        Assert.Empty(frozen.Split(' ').Except(now));
    }

    /// <summary>Records are JSON in the store: there the names are what is frozen.</summary>
    [Theory]
    [InlineData(typeof(LeaderRecord),
        "version miner repositoryId incarnation term serveAddress bulkAddress sectorSize software generation")]
    [InlineData(typeof(AgentRecord),
        "version name region repositoryId incarnation serveAddress software slots maxClaims workers draining")]
    [InlineData(typeof(SealSpec), "sealProof sectorSize porepId apiVersion feature miner")]
    [InlineData(typeof(Order), "number phases ticket seed commD commR proofWanted")]
    [InlineData(typeof(QueueRecord), "version sector region priority epoch spec pieces order")]
    [InlineData(typeof(JobRecord), "version sector spec pieces agent agentRepository epoch order cancel")]
    [InlineData(typeof(ClaimRecord), "version agent epoch region")]
    [InlineData(
        typeof(PhaseReport),
        "phase state attempt worker hostname startedUnixMs seconds pieces commD commR proofSha256 proofBytes failure error failures")]
    [InlineData(typeof(ReportRecord), "version sector epoch order phases")]
    [InlineData(typeof(LogRecord), "version unixMs kind message trace")]
    [InlineData(
        typeof(SectorRecord),
        "version sector state spec createdUnixMs pieces region ticket ticketEpoch commD commR seed seedEpoch precommitMessage "
        + "precommitEpoch commitMessage commitEpoch proofSha256 order epoch failures lastError needsOperator retryAfterMs "
        + "stateSinceUnixMs logEntries returnState phaseSeconds agent signedMessages")]
    public void Record_OfTheStore_KeepsItsMembersNames(Type type, string frozen)
    {
        var descriptor = (Google.Protobuf.Reflection.MessageDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!;
        var now = descriptor.Fields.InFieldNumberOrder().Select(
            (field, at) => (field.JsonName, field.FieldNumber)).ToList();

        Assert.Equal(frozen.Split(' ').Select((name, at) => (name, at + 1)), now.Take(frozen.Split(' ').Length));
    }
}
