using System.Security.Cryptography;
using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;
using Federation.Proofs.Tests.Constraints;

namespace Federation.Proofs.Tests.Circuits;

public sealed class Sha256GadgetTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(119)]
    [InlineData(120)]
    public void Hash_MessageOfBytes_IsItsSha256(int length)
    {
        var message = new Numbers(length).Bytes(length);
        var digest = Array.Empty<byte>();

        Assert.Null(CheckingSystem.FirstUnsatisfied(new LambdaCircuit(system => digest = Hash(system, message))));

        Assert.Equal(SHA256.HashData(message), digest);
    }

    [Fact]
    public void Hash_ConstantMessage_IsConstant()
    {
        var circuit = new LambdaCircuit(system =>
        {
            var digest = new Bit[Sha256Gadget.DigestBits];
            new Sha256Gadget(system).Hash([], digest);
            Assert.All(digest, bit => Assert.True(bit.IsConstant));
        });

        Assert.Equal(new CircuitSize(1, 1, 0), CountingSystem.Count(circuit));
    }

    [Fact]
    public void Hash_AlteredVariable_IsUnsatisfied()
    {
        var circuit = new Alterations(system => Hash(system, new Numbers(3).Bytes(20)));

        circuit.AssertAllBound();
    }

    private static byte[] Hash(ConstraintSystem system, byte[] message)
    {
        var bits = new Bit[8 * message.Length];
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = system.AllocateBit((message[i / 8] >> (7 - (i % 8)) & 1) != 0);
        }

        var digest = new Bit[Sha256Gadget.DigestBits];
        new Sha256Gadget(system).Hash(bits, digest);
        var bytes = new byte[digest.Length / 8];
        for (var i = 0; i < digest.Length; i++)
        {
            bytes[i / 8] |= digest[i].Value ? (byte)(0x80 >> (i % 8)) : (byte)0;
        }

        return bytes;
    }
}
