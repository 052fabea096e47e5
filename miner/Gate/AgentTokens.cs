using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Federation.Discovery;
using Federation.Proto.Transport;

namespace Federation.Miner.Gate;

/// <summary>
/// Tokens by which agents come to the miner: JWT, HS256, payload <c>{"Allow":["agent"],"Agent":NAME}</c>, signed with
/// the miner's secret. One opens the gates for the agent of that name, and nothing of the operator's API. Thread-safe.
/// </summary>
internal sealed class AgentTokens(byte[] secret)
{
    private const string Permission = "agent";
    private const int MaxLength = 2048;
    private const string Bearer = "Bearer ";

    private static readonly string Header = Base64Url.EncodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"u8);

    /// <summary>Issues the token of an agent.</summary>
    public string Issue(string agent)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Payload([Permission], agent));
        var signed = $"{Header}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(signed))}";
    }

    /// <summary>The agent that a token was issued to.</summary>
    public bool TryVerify(string? token, [NotNullWhen(true)] out string? agent)
    {
        agent = null;
        if (token is null || token.Length > MaxLength
            || token.Split('.') is not [var header, var payload, var signature]
            || header != Header || !IsSigned($"{header}.{payload}", signature))
        {
            return false;
        }

        try
        {
            var read = JsonSerializer.Deserialize<Payload>(Base64Url.DecodeFromChars(payload));
            agent = read is { Allow: [Permission], Agent: { } name } && FederationKeys.IsName(name) ? name : null;
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            // Signed by us and yet not ours: an operator's token, whose payload has no agent.
        }

        return agent is not null;
    }

    /// <summary>The agent that a call comes from.</summary>
    /// <exception cref="RpcException">It brings no token of an agent.</exception>
    public string Authenticate(ServerCallContext context)
    {
        var header = context.RequestHeaders.GetValue("authorization");
        return header?.StartsWith(Bearer, StringComparison.Ordinal) == true
            && TryVerify(header[Bearer.Length..], out var agent)
            ? agent
            : throw new RpcException(
                StatusCode.Unauthenticated,
                "the agent's token is not one of this miner: make one with 'miner auth create-agent-token NAME'"
                    + " and give it to 'miner-agent init --miner-token FILE'");
    }

    private bool IsSigned(string text, string signature)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        return Base64Url.TryDecodeFromChars(signature, given, out var length) && length == given.Length
            && CryptographicOperations.FixedTimeEquals(given, Sign(text));
    }

    private byte[] Sign(string text) => HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text));

    private sealed record Payload(string[]? Allow, string? Agent);
}
