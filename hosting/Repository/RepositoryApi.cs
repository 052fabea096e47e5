using Federation.Hosting.Net;

namespace Federation.Hosting.Repository;

/// <summary>Finds a running daemon through its repository's <c>token</c> and <c>api</c> files.</summary>
public static class RepositoryApi
{
    internal const string TokenFile = "token";
    internal const string ApiFile = "api";

    /// <summary>
    /// How to reach a daemon: by the environment variable when that is set, else by the files of its repository.
    /// </summary>
    /// <param name="variable">The variable's name, such as <c>MINER_API_INFO</c>.</param>
    /// <param name="variableValue">Its value, null or empty when it is not set.</param>
    /// <param name="repository">The daemon's repository.</param>
    /// <param name="daemon">The program, as its commands are typed: <c>miner</c>.</param>
    /// <exception cref="OperatorException">Neither says how; one sentence and the remedy.</exception>
    public static ApiInfo Find(string variable, string? variableValue, string repository, string daemon)
    {
        if (!string.IsNullOrEmpty(variableValue))
        {
            return ApiInfo.TryParseList(variableValue, out var infos, out var problem)
                ? infos[0]
                : throw new OperatorException(
                    $"could not get API info: {variable} is not valid: {problem}",
                    $"set {variable}=TOKEN:MULTIADDR as '{daemon} auth api-info --perm admin' prints it, or unset it");
        }

        return Read(repository, daemon);
    }

    /// <summary>
    /// Whether a repository says where its daemon listens: while it serves, and on after it was killed.
    /// </summary>
    public static bool IsThere(string repository) => File.Exists(Path.Combine(repository, ApiFile));

    /// <summary>Takes back what a daemon that was killed could not.</summary>
    public static void Remove(string repository) => File.Delete(Path.Combine(repository, ApiFile));

    /// <summary>How to reach the daemon of a repository on this machine.</summary>
    /// <exception cref="OperatorException">It is not running, or the files cannot be read.</exception>
    public static ApiInfo Read(string repository, string daemon)
    {
        repository = RepositoryFolder.Expand(repository);
        if (!RepositoryFolder.Exists(repository))
        {
            throw new OperatorException(
                $"could not get API info: repo at '{repository}' is not initialized",
                $"set it up with '{daemon} init', or name the repository it is in");
        }

        try
        {
            var api = Path.Combine(repository, ApiFile);
            if (!File.Exists(api))
            {
                throw new OperatorException(
                    "could not get API info: could not get api endpoint: API not running (no endpoint)"
                        + $" in '{repository}'",
                    $"start the {daemon} with '{daemon} run'");
            }

            if (!Multiaddr.TryParse(File.ReadAllText(api).Trim(), out var address, out var problem))
            {
                throw new OperatorException(
                    $"could not get API info: the file {api} is not valid: {problem}", $"restart the {daemon}");
            }

            return new ApiInfo(ReadToken(Path.Combine(repository, TokenFile)), address);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"could not get API info: {e.Message}", $"run this as the user that the {daemon} runs as", e);
        }
    }

    /// <summary>Lotus lets a client without a token come as a reader; so does this.</summary>
    private static string? ReadToken(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        SecretFiles.RequirePrivate(file);
        return File.ReadAllText(file).Trim();
    }
}
