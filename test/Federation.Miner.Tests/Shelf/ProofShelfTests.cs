using System.Security.Cryptography;
using System.Text;
using Federation.Chain;
using Federation.Miner.Shelf;
using Federation.Proofs;

namespace Federation.Miner.Tests.Shelf;

public sealed class ProofShelfTests : IDisposable
{
    private static readonly byte[] Proof = Encoding.ASCII.GetBytes("{\"not\":\"a proof\"}");
    private static readonly string Digest = Convert.ToHexStringLower(SHA256.HashData(Proof));

    private readonly string _folder = Directory.CreateTempSubdirectory("shelf").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Keep_RightDigest_IsThereAlsoAfterAReopening()
    {
        using (var shelf = new ProofShelf(_folder, "t01000", TestKeys.None))
        {
            await ReceiveAsync(shelf, 7, Digest);
            Assert.True(shelf.Has(7, Digest));
            Assert.False(shelf.Has(8, Digest));
            Assert.False(shelf.Has(7, new string('0', 64)));
        }

        using var again = new ProofShelf(_folder, "t01000", TestKeys.None);
        Assert.True(again.Has(7, Digest));
        again.Discard(7);
        Assert.False(again.Has(7, Digest));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Keep_WrongDigest_LeavesNothing()
    {
        using var shelf = new ProofShelf(_folder, "t01000", TestKeys.None);
        Assert.False(await ReceiveAsync(shelf, 7, new string('0', 64)));
        Assert.Empty(Directory.GetFiles(_folder));
        Assert.False(shelf.IsArriving(7));
    }

    [Fact]
    public async Task Receive_BrokenOff_LeavesNothingAndTheOldProofStays()
    {
        using var shelf = new ProofShelf(_folder, "t01000", TestKeys.None);
        await ReceiveAsync(shelf, 7, Digest);
        await using (var reception = shelf.Receive(7))
        {
            await reception.WriteAsync(new byte[100], default);
            Assert.True(shelf.IsArriving(7));
        }

        Assert.False(shelf.IsArriving(7));
        Assert.True(shelf.Has(7, Digest));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Open_LeftOvers_AreDeleted()
    {
        File.WriteAllText(Path.Combine(_folder, "x.part"), "half");
        File.WriteAllText(Path.Combine(_folder, "s-t01001-7.c1"), "another miner's");
        using var shelf = new ProofShelf(_folder, "t01000", TestKeys.None);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Refusal_WhatIsNoProof_SaysSo()
    {
        using var shelf = new ProofShelf(_folder, "t01000", TestKeys.None);
        var statement = Statement(Digest);
        Assert.Contains("at hand", await shelf.RefusalAsync(statement, default), StringComparison.Ordinal);
        await ReceiveAsync(shelf, 7, Digest);
        var refusal = await shelf.RefusalAsync(statement, default);
        Assert.Contains("Malformed", refusal, StringComparison.Ordinal);
        Assert.Equal(refusal, await shelf.RefusalAsync(Statement(Digest), default));
    }

    [Theory]
    [InlineData("s-t01000-7.c1", true)]
    [InlineData("s-t01000-18446744073709551615.c1", true)]
    [InlineData("s-t01000-07.c1", false)]
    [InlineData("s-t01000-.c1", false)]
    [InlineData("s-t01000--1.c1", false)]
    [InlineData("s-t01001-7.c1", false)]
    [InlineData("s-t01000-7.c1.part", false)]
    public void TryParse_FileName_TakesOnlyItsOwn(string name, bool isOurs) =>
        Assert.Equal(isOurs, ProofFileName.TryParse(name, "t01000", out _));

    private static ProofStatement Statement(string digest) => new(
        SealConfig.FromRegistered(5), 1000, 7, default, default, default, default, "vanilla", digest);

    private static async Task<bool> ReceiveAsync(ProofShelf shelf, ulong sector, string digest)
    {
        await using var reception = shelf.Receive(sector);
        await reception.WriteAsync(Proof, default);
        return await reception.KeepAsync(digest, default);
    }
}
