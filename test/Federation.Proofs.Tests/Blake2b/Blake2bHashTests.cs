using System.Text;
using Federation.Proofs.Blake2b;

namespace Federation.Proofs.Tests.Blake2b;

public sealed class Blake2bHashTests
{
    [Fact]
    public void Hash_Rfc7693Example_IsItsDigest() => Assert.Equal(
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
        Hash("abc"u8.ToArray(), 64, []));

    // The designers' keyed test vectors (blake2b-test.txt): key and data count up from 0.
    [Theory]
    [InlineData(0, "10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786b5e996e8f0f4eb981fc214b005f42d2ff4233499391653df7aefcbc13fc51568")]
    [InlineData(1, "961f6dd1e4dd30f63901690c512e78e4b45e4742ed197c3c5e45c549fd25f2e4187b0bc9fe30492b16b0d0bc4ef9b0f34c7003fac09a5ef1532e69430234cebd")]
    [InlineData(64, "65676d800617972fbd87e4b9514e1c67402b7a331096d3bfac22f1abb95374abc942f16e9ab0ead33b87c91968a6e509e119ff07787b3ef483e1dcdccf6e3022")]
    [InlineData(127, "76d2d819c92bce55fa8e092ab1bf9b9eab237a25267986cacf2b8ee14d214d730dc9a5aa2d7b596e86a1fd8fa0804c77402d2fcd45083688b218b1cdfa0dcbcb")]
    [InlineData(128, "72065ee4dd91c2d8509fa1fc28a37c7fc9fa7d5b3f8ad3d0d7a25626b57b1b44788d4caf806290425f9890a3a2a35a905ab4b37acfd0da6e4517b2525c9651e4")]
    [InlineData(129, "64475dfe7600d7171bea0b394e27c9b00d8e74dd1e416a79473682ad3dfdbb706631558055cfc8a40e07bd015a4540dcdea15883cbbf31412df1de1cd4152b91")]
    [InlineData(255, "142709d62e28fcccd0af97fad0f8465b971e82201dc51070faa0372aa43e92484be1c1e73ba10906d5d1853db6a4106e0a7bf9800d373d6dee2d46d62ef2a461")]
    public void Hash_KeyedVector_IsItsDigest(int length, string digest) =>
        Assert.Equal(digest, Hash(CountUp(length), 64, CountUp(64)));

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Hash_ImpossibleOutputLength_Throws(int size) =>
        Assert.Throws<ArgumentException>(() => Blake2bHash.Hash([], new byte[size]));

    [Fact]
    public void Hash_ShorterOutput_IsAnotherHash() =>
        Assert.NotEqual(Hash("abc"u8.ToArray(), 64, [])[..64], Hash("abc"u8.ToArray(), 32, []));

    [Fact]
    public void Hash_Twice_AllocatesNothing()
    {
        var input = Encoding.ASCII.GetBytes("0123456789abcdef");
        var output = new byte[64];
        Blake2bHash.Hash(input, output);

        Allocations.AssertNone(() => Blake2bHash.Hash(input, output));
    }

    private static byte[] CountUp(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    private static string Hash(byte[] data, int size, byte[] key)
    {
        var output = new byte[size];
        Blake2bHash.Hash(data, output, key);
        return Convert.ToHexStringLower(output);
    }
}
