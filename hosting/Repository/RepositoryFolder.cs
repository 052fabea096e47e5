using System.Security.Cryptography;
using System.Text;
using Federation.Hosting.Net;
using Federation.Journal;

namespace Federation.Hosting.Repository;

/// <summary>
/// A daemon's repository: the folder that is its identity. Whoever holds this object holds the folder's exclusive
/// lock, which the system drops when the process ends, however it ends.
/// </summary>
public sealed class RepositoryFolder : IDisposable
{
    private const string LockFile = "repo.lock";
    private const string IdFile = "repository-id";
    private const string JwtKeyName = "auth-jwt-private";
    private const string JwtKeyType = "jwt-hmac-secret";
    private const int JwtSecretBytes = 32;

    private readonly FileStream _lock;

    private RepositoryFolder(string path, FileStream heldLock, Guid id)
    {
        FolderPath = path;
        _lock = heldLock;
        Id = id;
    }

    /// <summary>The folder.</summary>
    public string FolderPath { get; }

    /// <summary>The repository's identity, drawn when it was made and never changed.</summary>
    public Guid Id { get; }

    /// <summary>The configuration file, which may be missing.</summary>
    public string ConfigPath => ConfigPathOf(FolderPath);

    /// <summary>The repository's keys.</summary>
    public KeyStore Keys => KeysOf(FolderPath);

    /// <summary>The configuration file of a repository at <paramref name="path"/>.</summary>
    public static string ConfigPathOf(string path) => Path.Combine(path, "config.toml");

    /// <summary>Whether a repository has been made at a path.</summary>
    public static bool Exists(string path) => File.Exists(Path.Combine(path, IdFile));

    /// <summary>Refuses a folder that is no repository yet.</summary>
    /// <exception cref="OperatorException">It was never made.</exception>
    public static void RequireMade(string path, string daemon)
    {
        if (!Exists(path))
        {
            throw new OperatorException(
                $"repo at '{path}' is not initialized, run '{daemon} init' to set it up");
        }
    }

    /// <summary>
    /// Makes a repository, takes its lock and gives it an identity. What else the folder holds is left alone. The
    /// identity is written last and makes the folder a repository: until then, whatever interrupts this, it can be
    /// repeated.
    /// </summary>
    /// <param name="path">The folder, made when missing; a leading <c>~/</c> is the user's home.</param>
    /// <param name="daemon">The program, as its commands are typed: <c>miner</c>.</param>
    /// <param name="fill">Writes what else the repository needs; it finds what an interrupted call left.</param>
    /// <exception cref="OperatorException">There is one already, or the folder cannot be written.</exception>
    public static RepositoryFolder Create(string path, string daemon, Action<RepositoryFolder>? fill = null)
    {
        path = Expand(path);
        return Guard(path, () =>
        {
            FolderSync.Create(path);
            var made = new RepositoryFolder(path, TakeLock(path, daemon), Guid.NewGuid());
            var isMade = false;
            try
            {
                RequireNew(path, daemon);
                fill?.Invoke(made);
                made.Write(IdFile, made.Id.ToString(), AtomicFile.Readable);
                isMade = true;
                return made;
            }
            finally
            {
                if (!isMade)
                {
                    made.Dispose();
                }
            }
        });
    }

    /// <summary>Opens a repository and takes its lock.</summary>
    /// <param name="path">The folder; a leading <c>~/</c> is the user's home.</param>
    /// <param name="daemon">The program, as its commands are typed: <c>miner</c>.</param>
    /// <exception cref="OperatorException">It was never made, is in use, or is damaged.</exception>
    public static RepositoryFolder Open(string path, string daemon)
    {
        path = Expand(path);
        RequireMade(path, daemon);
        return Guard(path, () =>
        {
            var heldLock = TakeLock(path, daemon);
            var file = Path.Combine(path, IdFile);
            if (Guid.TryParse(File.ReadAllText(file), out var id))
            {
                return new RepositoryFolder(path, heldLock, id);
            }

            heldLock.Dispose();
            throw new OperatorException($"the file {file} holds no repository id", "restore it from a backup");
        });
    }

    /// <summary>
    /// The secret that a repository's API tokens are signed with, read beside whoever holds the repository.
    /// </summary>
    /// <param name="path">The folder; a leading <c>~/</c> is the user's home.</param>
    /// <param name="daemon">The program, as its commands are typed: <c>miner</c>.</param>
    /// <exception cref="OperatorException">The repository was never made, or has no sound secret.</exception>
    public static byte[] ReadJwtSecret(string path, string daemon)
    {
        path = Expand(path);
        RequireMade(path, daemon);
        try
        {
            return KeysOf(path).TryGet(JwtKeyName, JwtKeyType, out var secret)
                ? secret
                : throw new OperatorException(
                    $"the repository '{path}' has no key for its tokens", $"start it once with '{daemon} run'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"the keys of '{path}' cannot be read: {e.Message}",
                $"run this as the user that the {daemon} runs as", e);
        }
    }

    /// <summary>The secret that this repository's API tokens are signed with, made when it is missing.</summary>
    public byte[] GetOrCreateJwtSecret()
    {
        if (!Keys.TryGet(JwtKeyName, JwtKeyType, out var secret))
        {
            secret = RandomNumberGenerator.GetBytes(JwtSecretBytes);
            Keys.Put(JwtKeyName, JwtKeyType, secret);
        }

        return secret;
    }

    /// <summary>Writes the token that command lines on this machine use, readable by its owner alone.</summary>
    public void WriteToken(string token) => Write(RepositoryApi.TokenFile, token, AtomicFile.Secret);

    /// <summary>Writes where the daemon listens. The file goes when the repository is closed.</summary>
    public void WriteApi(Multiaddr address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Write(RepositoryApi.ApiFile, address.ToString(), AtomicFile.Readable);
    }

    /// <summary>Replaces a small file of the repository as a whole.</summary>
    public void Write(string name, string content, UnixFileMode mode) =>
        AtomicFile.Write(Path.Combine(FolderPath, name), Encoding.UTF8.GetBytes(content), mode);

    /// <summary>Removes the <c>api</c> file, since nobody answers any more, and drops the lock.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(Path.Combine(FolderPath, RepositoryApi.ApiFile));
        }
        finally
        {
            _lock.Dispose();
        }
    }

    /// <summary>A path with a leading <c>~/</c> resolved.</summary>
    public static string Expand(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetFullPath(path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..] : path);
    }

    private static KeyStore KeysOf(string path) => new(Path.Combine(path, "keystore"));

    private static void RequireNew(string path, string daemon)
    {
        if (Exists(path))
        {
            throw new OperatorException(
                $"repository at '{path}' is already initialized",
                $"start it with '{daemon} run', or choose another folder");
        }
    }

    private static FileStream TakeLock(string path, string daemon) =>
        FileLock.TryTake(Path.Combine(path, LockFile)) ?? throw new OperatorException(
            $"repo is already locked: another process ({daemon} already running?) uses '{path}'",
            "stop that process, or give this one another repository");

    private static RepositoryFolder Guard(string path, Func<RepositoryFolder> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"the repository '{path}' cannot be opened: {e.Message}", "check the folder's owner, mode and disk", e);
        }
    }
}
