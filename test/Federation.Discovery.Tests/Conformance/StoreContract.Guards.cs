using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;

namespace Federation.Discovery.Tests.Conformance;

public abstract partial class StoreContract
{
    /// <summary>Every target with every relation, on a key that exists and on one that does not, around its
    /// value.</summary>
    [StoreFact]
    public async Task Guard_EveryTargetAndRelation_HoldsAsItShould()
    {
        await using var lease = await Store.GrantLeaseAsync(TimeSpan.FromMinutes(5), None).BoundAsync();
        await PutAsync("key", "m");
        await PutAsync("key", "m", lease.Id);
        var entry = (await AllAsync()).Entries.Single();
        var cases =
            from target in Enum.GetValues<GuardTarget>()
            from relation in Enum.GetValues<GuardRelation>()
            from delta in (int[])[-1, 0, 1]
            from isThere in (bool[])[true, false]
            select (target, relation, delta, isThere);
        foreach (var (target, relation, delta, isThere) in cases)
        {
            var name = isThere ? "key" : "absent";
            var actual = isThere ? NumberOf(entry, target) : 0;
            var guard = target == GuardTarget.Value
                ? new Guard(Key(name), target, relation, Value: Bytes(((char)('m' + delta)).ToString()))
                : new Guard(Key(name), target, relation, actual + delta);
            var expected = (target != GuardTarget.Value || isThere) && Relates(-delta, relation);
            var outcome = await Store.TxnAsync(new StoreTxn([guard], [], []), None).BoundAsync();
            Assert.True(expected == outcome.Succeeded, $"{guard} on {name}: {outcome.Succeeded}");
        }
    }

    [StoreFact]
    public async Task Guard_SeveralOfThem_AllMustHold()
    {
        await PutAsync("a", "1");
        var holds = Guard.Exists(Key("a"));
        var fails = Guard.Exists(Key("b"));
        foreach (var (guards, expected) in (
            ((Guard[], bool)[])[([holds, holds], true), ([holds, fails], false), ([fails], false)]))
        {
            Assert.Equal(expected, (await Store.TxnAsync(new StoreTxn(guards, [], []), None).BoundAsync()).Succeeded);
        }
    }

    [StoreFact]
    public async Task Guard_ValueIsAPrefixOfTheOther_ComparesAsBytes()
    {
        await PutAsync("a", "ab");
        await AssertHoldsAsync(new Guard(Key("a"), GuardTarget.Value, GuardRelation.Greater, Value: Bytes("a")));
        await AssertHoldsAsync(new Guard(Key("a"), GuardTarget.Value, GuardRelation.Less, Value: Bytes("abc")));
        await AssertHoldsAsync(new Guard(Key("a"), GuardTarget.Value, GuardRelation.Less, Value: Bytes("é")));
        await AssertHoldsAsync(new Guard(Key("a"), GuardTarget.Value, GuardRelation.Greater, Value: default));
    }

    private async Task AssertHoldsAsync(Guard guard) =>
        Assert.True((await Store.TxnAsync(new StoreTxn([guard], [], []), None).BoundAsync()).Succeeded,
            guard.ToString());

    private static long NumberOf(StoreEntry entry, GuardTarget target) => target switch
    {
        GuardTarget.Version => entry.Version,
        GuardTarget.CreateRevision => entry.CreateRevision,
        GuardTarget.ModRevision => entry.ModRevision,
        GuardTarget.Lease => entry.LeaseId,
        _ => 0,
    };

    private static bool Relates(int order, GuardRelation relation) => relation switch
    {
        GuardRelation.Equal => order == 0,
        GuardRelation.Greater => order > 0,
        GuardRelation.Less => order < 0,
        _ => order != 0,
    };
}
