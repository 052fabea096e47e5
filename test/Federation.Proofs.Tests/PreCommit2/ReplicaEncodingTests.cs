using System.Numerics;
using Federation.Proofs.Fields;
using Federation.Proofs.PreCommit2;

namespace Federation.Proofs.Tests.PreCommit2;

public class ReplicaEncodingTests
{
    [Fact]
    public void Encode_SumBeyondModulus_Wraps()
    {
        byte[] greatest = (-Fr.One).ToBytes();
        byte[] two = Fr.FromUInt64(2).ToBytes();
        var replica = new byte[32];
        Assert.Equal(-1, ReplicaEncoding.Encode(greatest, two, replica));
        Assert.Equal(BigInteger.One, new BigInteger(replica, isUnsigned: true));
    }

    [Fact]
    public void Encode_OverItsOperands_IsUnchanged()
    {
        byte[] keys = [.. Fr.FromUInt64(7).ToBytes(), .. Fr.FromUInt64(9).ToBytes()];
        byte[] data = [.. Fr.FromUInt64(100).ToBytes(), .. Fr.FromUInt64(200).ToBytes()];
        byte[] expected = [.. Fr.FromUInt64(107).ToBytes(), .. Fr.FromUInt64(209).ToBytes()];
        byte[] overKeys = [.. keys];
        ReplicaEncoding.Encode(overKeys, data, overKeys);
        ReplicaEncoding.Encode(keys, data, data);
        Assert.Equal(expected, overKeys);
        Assert.Equal(expected, data);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_OperandNotCanonical_TellsTheNode(bool inKeys)
    {
        var good = new byte[96];
        var bad = new byte[96];
        bad[63] = 0x74;
        var replica = new byte[96];
        int node = inKeys ? ReplicaEncoding.Encode(bad, good, replica) : ReplicaEncoding.Encode(good, bad, replica);
        Assert.Equal(1, node);
    }

    [Fact]
    public void Encode_LengthsThatDiffer_AreRefused()
    {
        byte[] one = new byte[32], two = new byte[64];
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplicaEncoding.Encode(one, two, two));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplicaEncoding.Encode(two, one, two));
    }

    [Fact]
    public void Encode_Repeated_AllocatesNothing()
    {
        var nodes = new byte[1024];
        ReplicaEncoding.Encode(nodes, nodes, nodes);
        Allocations.AssertNone(() => ReplicaEncoding.Encode(nodes, nodes, nodes));
    }
}
