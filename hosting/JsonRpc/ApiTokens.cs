using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JWT;
using JWT.Algorithms;

namespace Federation.Hosting.JsonRpc;

/// <summary>Issues and checks API tokens as Lotus does: JWT, HS256, payload <c>{"Allow":["read",...]}</c>.</summary>
/// <remarks>Thread-safe. A token has no end; whoever replaces the secret withdraws all.</remarks>
public sealed class ApiTokens
{
    private const string Algorithm = "HS256";
    private const int MaxTokenLength = 4096;
    private const int MinSecretBytes = 32;

    private static readonly (ApiPermissions Permission, string Name)[] Names =
    [
        (ApiPermissions.Read, "read"), (ApiPermissions.Write, "write"), (ApiPermissions.Sign, "sign"),
        (ApiPermissions.Admin, "admin"),
    ];

    private readonly byte[] _secret;

    /// <summary>Creates the authority over tokens that are signed with a secret of at least 32 bytes.</summary>
    public ApiTokens(byte[] secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, MinSecretBytes, nameof(secret));
        _secret = [.. secret];
    }

    /// <summary>
    /// A permission with all that come before it, which is what <c>auth create-token --perm</c> grants.
    /// </summary>
    public static ApiPermissions UpTo(ApiPermissions permission) => (ApiPermissions)(((int)permission << 1) - 1);

    /// <summary>The permission of a name that Lotus uses.</summary>
    public static bool TryParsePermission(string? name, out ApiPermissions permission)
    {
        permission = Array.Find(Names, n => n.Name == name).Permission;
        return permission != ApiPermissions.None;
    }

    /// <summary>The name of one permission.</summary>
    public static string NameOf(ApiPermissions permission) => Array.Find(Names, n => n.Permission == permission).Name
        ?? throw new ArgumentOutOfRangeException(nameof(permission), permission, "not one of the four permissions");

    /// <summary>The names of a set of permissions, in Lotus's order.</summary>
    public static IReadOnlyList<string> NamesOf(ApiPermissions permissions) =>
        [.. Names.Where(n => permissions.HasFlag(n.Permission)).Select(n => n.Name)];

    /// <summary>Issues a token that allows exactly <paramref name="permissions"/>.</summary>
    public string Issue(ApiPermissions permissions)
    {
        var algorithm = new HMACSHA256Algorithm();
        var payload = new Dictionary<string, IReadOnlyList<string>> { ["Allow"] = NamesOf(permissions) };
        return new JwtEncoder(algorithm, new SystemTextJson(), new JwtBase64UrlEncoder()).Encode(payload, _secret);
    }

    /// <summary>
    /// Checks a token. Only HS256 counts, whatever the header says, and the signature is compared in constant time.
    /// Names of permissions that are not known are ignored.
    /// </summary>
    public bool TryVerify(string? token, out ApiPermissions permissions)
    {
        permissions = ApiPermissions.None;
        if (token is null || token.Length > MaxTokenLength || token.Count(c => c == '.') != 2)
        {
            return false;
        }

        try
        {
            var parts = new JwtParts(token);
            if (!IsSignedByUs(parts))
            {
                return false;
            }

            using var payload = JsonDocument.Parse(new JwtBase64UrlEncoder().Decode(parts.Payload));
            foreach (var name in payload.RootElement.GetProperty("Allow").EnumerateArray())
            {
                permissions |= TryParsePermission(name.GetString(), out var permission)
                    ? permission
                    : ApiPermissions.None;
            }

            return true;
        }
        catch (Exception e) when (
            e is FormatException or JsonException or InvalidOperationException or KeyNotFoundException
            or ArgumentException)
        {
            permissions = ApiPermissions.None;
            return false;
        }
    }

    private bool IsSignedByUs(JwtParts parts)
    {
        var encoder = new JwtBase64UrlEncoder();
        using var header = JsonDocument.Parse(encoder.Decode(parts.Header));
        if (header.RootElement.GetProperty("alg").GetString() != Algorithm)
        {
            return false;
        }

        var algorithm = new HMACSHA256Algorithm();
        var expected = algorithm.Sign(_secret, Encoding.ASCII.GetBytes($"{parts.Header}.{parts.Payload}"));
        return CryptographicOperations.FixedTimeEquals(expected, encoder.Decode(parts.Signature));
    }

    /// <summary>The package's JSON seam on the platform's serializer.</summary>
    private sealed class SystemTextJson : IJsonSerializer
    {
        public string Serialize(object obj) => JsonSerializer.Serialize(obj);

        public T Deserialize<T>(string json) => JsonSerializer.Deserialize<T>(json)!;
    }
}
