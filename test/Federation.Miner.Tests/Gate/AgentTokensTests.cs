using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Federation.Hosting.JsonRpc;
using Federation.Miner.Gate;

namespace Federation.Miner.Tests.Gate;

public sealed class AgentTokensTests
{
    private static readonly byte[] Secret = [.. Enumerable.Repeat((byte)7, 32)];

    [Fact]
    public void TryVerify_IssuedToken_GivesItsAgent()
    {
        var tokens = new AgentTokens(Secret);
        Assert.True(tokens.TryVerify(tokens.Issue("east-1"), out var agent));
        Assert.Equal("east-1", agent);
    }

    [Fact]
    public void TryVerify_EveryCharacterChanged_IsRefused()
    {
        var tokens = new AgentTokens(Secret);
        var token = tokens.Issue("east-1");
        for (var at = 0; at < token.Length; at++)
        {
            var changed = token.ToCharArray();
            changed[at] = changed[at] == 'A' ? 'B' : 'A';
            var isSame = Decoded(new string(changed)) == Decoded(token);
            Assert.True(isSame || !tokens.TryVerify(new string(changed), out _), $"character {at}");
        }
    }

    [Fact]
    public void TryVerify_OperatorsTokenOrAnotherSecret_IsRefused()
    {
        var tokens = new AgentTokens(Secret);
        Assert.False(tokens.TryVerify(new ApiTokens(Secret).Issue(ApiPermissions.Admin), out _));
        Assert.False(tokens.TryVerify(new AgentTokens([.. Enumerable.Repeat((byte)8, 32)]).Issue("a"), out _));
        Assert.False(tokens.TryVerify(null, out _));
        Assert.False(tokens.TryVerify("", out _));
        Assert.False(tokens.TryVerify("..", out _));
    }

    [Theory]
    [InlineData("{\"Allow\":[\"agent\"],\"Agent\":\"../x\"}")]
    [InlineData("{\"Allow\":[\"agent\",\"admin\"],\"Agent\":\"x\"}")]
    [InlineData("{\"Allow\":[\"admin\"],\"Agent\":\"x\"}")]
    [InlineData("{\"Agent\":\"x\"}")]
    [InlineData("[]")]
    [InlineData("x")]
    public void TryVerify_SignedButNotAnAgents_IsRefused(string payload)
    {
        var header = Base64Url.EncodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"u8);
        var signed = $"{header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        var signature = HMACSHA256.HashData(Secret, Encoding.ASCII.GetBytes(signed));
        var token = $"{signed}.{Base64Url.EncodeToString(signature)}";
        Assert.False(new AgentTokens(Secret).TryVerify(token, out _));
    }

    [Fact]
    public void TryVerify_AgentsTokenAtTheOperatorsApi_AllowsNothing()
    {
        new ApiTokens(Secret).TryVerify(new AgentTokens(Secret).Issue("east-1"), out var permissions);
        Assert.Equal(ApiPermissions.None, permissions);
    }

    // The last character of a base64 group may differ in bits that carry nothing.
    private static string? Decoded(string token)
    {
        try
        {
            var parts = token.Split('.');
            return parts.Length == 3
                ? $"{parts[0]}.{parts[1]}.{Convert.ToHexString(Base64Url.DecodeFromChars(parts[2]))}" : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
