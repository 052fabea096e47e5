using System.Security.Cryptography;
using System.Text;
using Federation.Hosting.JsonRpc;

namespace Federation.Hosting.Tests.JsonRpc;

public sealed class ApiTokensTests
{
    private const ApiPermissions All =
        ApiPermissions.Read | ApiPermissions.Write | ApiPermissions.Sign | ApiPermissions.Admin;

    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Fact]
    public void Issue_Admin_IsAsLongAsLotussToken()
    {
        var token = new ApiTokens(Secret).Issue(All);

        Assert.Equal(136, token.Length);
        Assert.Equal(
            "{\"Allow\":[\"read\",\"write\",\"sign\",\"admin\"]}",
            Encoding.UTF8.GetString(Decode(token.Split('.')[1])));
    }

    [Theory]
    [InlineData(ApiPermissions.Read)]
    [InlineData(ApiPermissions.Read | ApiPermissions.Write)]
    [InlineData(ApiPermissions.Admin)]
    [InlineData(All)]
    public void TryVerify_OwnToken_YieldsItsPermissions(ApiPermissions permissions)
    {
        var tokens = new ApiTokens(Secret);

        Assert.True(tokens.TryVerify(tokens.Issue(permissions), out var verified));
        Assert.Equal(permissions, verified);
    }

    [Fact]
    public void TryVerify_TokenOfAGoProgram_IsTaken()
    {
        // Header members in the order in which Go's library writes them, unlike ours.
        var token = Sign("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", "{\"Allow\":[\"read\",\"unheard-of\"]}", Secret);

        Assert.True(new ApiTokens(Secret).TryVerify(token, out var permissions));
        Assert.Equal(ApiPermissions.Read, permissions);
    }

    [Fact]
    public void TryVerify_AnySingleBitChanged_IsRefused()
    {
        var tokens = new ApiTokens(Secret);
        var token = tokens.Issue(All);
        var accepted = 0;
        for (var i = 0; i < token.Length; i++)
        {
            for (var bit = 0; bit < 7; bit++)
            {
                var changed = token.ToCharArray();
                changed[i] ^= (char)(1 << bit);
                accepted += tokens.TryVerify(new string(changed), out _) ? 1 : 0;
            }
        }

        // The signature's last character carries two bits that decode to nothing: three other spellings of it exist.
        Assert.InRange(accepted, 0, 3);
    }

    [Theory]
    [InlineData("{\"alg\":\"none\"}")]
    [InlineData("{\"alg\":\"None\"}")]
    [InlineData("{\"alg\":\"HS384\"}")]
    [InlineData("{\"alg\":\"RS256\"}")]
    [InlineData("{\"alg\":\"hs256\"}")]
    [InlineData("{\"alg\":[\"HS256\"]}")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("HS256")]
    public void TryVerify_OtherAlgorithm_IsRefusedThoughSigned(string header)
    {
        var token = Sign(header, "{\"Allow\":[\"admin\"]}", Secret);

        Assert.False(new ApiTokens(Secret).TryVerify(token, out var permissions));
        Assert.Equal(ApiPermissions.None, permissions);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"Allow\":\"admin\"}")]
    [InlineData("{\"Allow\":[\"read\",1]}")]
    [InlineData("x")]
    public void TryVerify_PayloadMalformed_IsRefusedThoughSigned(string payload)
    {
        var token = Sign("{\"alg\":\"HS256\"}", payload, Secret);

        Assert.False(new ApiTokens(Secret).TryVerify(token, out var permissions));
        Assert.Equal(ApiPermissions.None, permissions);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d")]
    [InlineData("é.é.é")]
    public void TryVerify_NoToken_IsRefused(string? token) =>
        Assert.False(new ApiTokens(Secret).TryVerify(token, out _));

    [Fact]
    public void TryVerify_UnsignedOrForeign_IsRefused()
    {
        var tokens = new ApiTokens(Secret);
        var token = tokens.Issue(All);

        Assert.False(tokens.TryVerify(token[..(token.LastIndexOf('.') + 1)], out _));
        Assert.False(new ApiTokens(RandomNumberGenerator.GetBytes(32)).TryVerify(token, out _));
    }

    [Fact]
    public void TryVerify_MutatedTokens_NeverThrowsNorAccepts()
    {
        const int Seed = 91;
        var random = new Random(Seed);
        var tokens = new ApiTokens(Secret);
        var token = tokens.Issue(All);
        for (var i = 0; i < 20_000; i++)
        {
            // Only header and payload are mutated, so that no other spelling of the signature can be drawn.
            var text = token.ToCharArray();
            text[random.Next(token.LastIndexOf('.'))] = (char)random.Next(128);
            var mutated = new string(text);
            Assert.True(mutated == token || !tokens.TryVerify(mutated, out _), $"seed {Seed}, case {i}: {mutated}");
        }
    }

    [Theory]
    [InlineData(ApiPermissions.Read, "read")]
    [InlineData(ApiPermissions.Write, "read write")]
    [InlineData(ApiPermissions.Sign, "read write sign")]
    [InlineData(ApiPermissions.Admin, "read write sign admin")]
    public void UpTo_Permission_IsItAndAllBefore(ApiPermissions permission, string names) =>
        Assert.Equal(names, string.Join(' ', ApiTokens.NamesOf(ApiTokens.UpTo(permission))));

    private static string Sign(string header, string payload, byte[] secret)
    {
        var signed = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(payload))}";
        return $"{signed}.{Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
