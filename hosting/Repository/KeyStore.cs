using System.Text;
using System.Text.Json;
using Federation.Journal;

namespace Federation.Hosting.Repository;

/// <summary>
/// A repository's <c>keystore</c> folder, laid out as Lotus's: one JSON file a key, 0600, named by the base32 of the
/// key's name.
/// </summary>
public sealed class KeyStore
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerDigit = 5;

    private readonly string _folder;

    internal KeyStore(string folder) => _folder = folder;

    /// <summary>Reads a key; false when it is not there.</summary>
    /// <exception cref="OperatorException">The file is open to others, or is no key.</exception>
    public bool TryGet(string name, string type, out byte[] secret)
    {
        secret = [];
        var path = PathOf(name);
        if (!File.Exists(path))
        {
            return false;
        }

        SecretFiles.RequirePrivate(path);
        try
        {
            var entry = JsonSerializer.Deserialize<KeyInfo>(File.ReadAllBytes(path));
            secret = entry?.Type == type ? entry.PrivateKey ?? [] : [];
        }
        catch (JsonException e)
        {
            throw Corrupt(path, e);
        }

        return secret.Length > 0 ? true : throw Corrupt(path);
    }

    /// <summary>Writes a key, replacing one of the same name.</summary>
    public void Put(string name, string type, byte[] secret)
    {
        FolderSync.Create(_folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var entry = JsonSerializer.SerializeToUtf8Bytes(new KeyInfo(type, secret));
        AtomicFile.Write(PathOf(name), entry, AtomicFile.Secret);
    }

    /// <summary>The file name of a key: RFC 4648 base32 without padding.</summary>
    internal static string FileNameOf(string name)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            buffer = ((buffer << 8) | b) & 0xFFF;
            for (bits += 8; bits >= BitsPerDigit; bits -= BitsPerDigit)
            {
                text.Append(Alphabet[(buffer >> (bits - BitsPerDigit)) & 31]);
            }
        }

        return bits == 0 ? text.ToString() : text.Append(Alphabet[(buffer << (BitsPerDigit - bits)) & 31]).ToString();
    }

    private string PathOf(string name) => Path.Combine(_folder, FileNameOf(name));

    private static OperatorException Corrupt(string path, Exception? cause = null) =>
        new($"the key file {path} is damaged", "restore it from a backup, or delete it to have a new key made", cause);

    private sealed record KeyInfo(string Type, byte[]? PrivateKey);
}
