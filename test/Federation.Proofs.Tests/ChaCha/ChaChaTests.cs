using Federation.Proofs.ChaCha;

namespace Federation.Proofs.Tests.ChaCha;

public sealed class ChaChaTests
{
    [Fact]
    public void KeyStream_Rfc8439Section242_EncryptsItsText()
    {
        var key = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        var nonce = Convert.FromHexString("000000000000004a00000000");
        var text = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."u8.ToArray();

        var stream = new byte[text.Length];
        ChaCha20.KeyStream(key, nonce, firstBlock: 1, stream);

        Assert.Equal(
            "6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab8f593dabcd62b3571639d624e65152ab8f530c359f0861d8"
            + "07ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab77937365af90bbf74a35be6b40b8eedf2785e42874d",
            Convert.ToHexStringLower(text.Zip(stream, (a, b) => (byte)(a ^ b)).ToArray()));
    }

    [Theory]
    [InlineData(
        "0000000000000000000000000000000000000000000000000000000000000000", 0,
        "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7")]
    [InlineData(
        "0000000000000000000000000000000000000000000000000000000000000000", 1,
        "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed")]
    [InlineData(
        "0000000000000000000000000000000000000000000000000000000000000001", 1,
        "3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a")]
    public void KeyStream_Rfc8439AppendixA1_IsItsBlock(string key, uint block, string start)
    {
        var stream = new byte[32];
        ChaCha20.KeyStream(Convert.FromHexString(key), new byte[12], block, stream);

        Assert.Equal(start, Convert.ToHexStringLower(stream));
    }

    [Fact]
    public void KeyStream_InPieces_IsTheSameStream()
    {
        var key = Enumerable.Range(7, 32).Select(i => (byte)i).ToArray();
        var whole = new byte[200];
        ChaCha20.KeyStream(key, new byte[12], 0, whole);
        var later = new byte[200 - 64];
        ChaCha20.KeyStream(key, new byte[12], 1, later);

        Assert.Equal(whole[64..], later);
    }

    [Fact]
    public void KeyStream_CounterWouldEnd_Throws() => Assert.Throws<ArgumentException>(
        () => ChaCha20.KeyStream(new byte[32], new byte[12], uint.MaxValue, new byte[128]));

    // ChaCha8, 256-bit zero key, zero IV: draft-strombergson-chacha-test-vectors-01, TC1.
    [Fact]
    public void NextUInt64_ZeroKey_IsTheChaCha8Stream()
    {
        var rng = new ChaCha8Rng(new byte[32], new uint[32]);
        var words = new byte[128];
        for (var i = 0; i < words.Length; i += 8)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(words.AsSpan(i), rng.NextUInt64());
        }

        Assert.Equal(
            "3e00ef2f895f40d67f5bb8e81f09a5a12c840ec3ce9a7f3b181be188ef711a1e984ce172b9216f419f445367456d5619314a42a3da86b001387bfdb80e0cfe42"
            + "d2aefa0deaa5c151bf0adb6c01f2a5adc0fd581259f9a2aadcf20f8fd566a26b5032ec38bbc5da98ee0c6f568b872a65a08abf251deb21bb4b56e5d8821e68aa",
            Convert.ToHexStringLower(words));
    }
}
