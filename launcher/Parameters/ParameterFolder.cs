using Federation.Hosting;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Launcher.Parameters;

/// <summary>
/// A folder of parameter files under Filecoin's names. What is there is never touched; a circuit's test parameters are
/// added whole, or not at all.
/// </summary>
/// <param name="Path">The folder, absolute; it need not exist.</param>
internal sealed record ParameterFolder(string Path)
{
    private readonly ParameterCache _cache = new(Path);

    /// <summary>Held by whoever adds to it.</summary>
    public string LockFile => System.IO.Path.Combine(Path, "federation.lock");

    /// <summary>
    /// Whether test parameters may be added: not where Filecoin's are kept, whose readers would take one for the other.
    /// </summary>
    public bool TakesTestParameters => Path != ParameterCache.DefaultDirectory
        && !CircuitId.All.Any(circuit =>
            _cache.Inspect(circuit, ParameterFile.VerifyingKey).State == ParameterState.Official);

    /// <summary>
    /// The folder to use: the one that the environment names, where it has what is needed or takes test parameters,
    /// else our own.
    /// </summary>
    /// <param name="need">What is needed.</param>
    /// <param name="environment">Reads a variable.</param>
    /// <param name="fallback">A folder for caches where the environment names none.</param>
    /// <exception cref="OperatorException">Files are there that cannot be used.</exception>
    public static ParameterFolder Choose(ParameterNeed need, Func<string, string?> environment, string fallback)
    {
        if (environment(ParameterSettings.CacheVariable) is { } text && !string.IsNullOrWhiteSpace(text))
        {
            var named = new ParameterFolder(
                System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(text)));
            if (named.TakesTestParameters || named.Look(need.Circuit) is not null)
            {
                return named;
            }
        }

        // Relative paths are to be ignored, says the specification of XDG's folders.
        var caches = environment("XDG_CACHE_HOME") is { Length: > 0 } xdg && xdg[0] == '/' ? xdg
            : environment("HOME") is { Length: > 0 } home ? System.IO.Path.Combine(home, ".cache")
            : fallback;
        return new ParameterFolder(System.IO.Path.Combine(caches, "federation", "parameters"));
    }

    /// <summary>Adds the folder to the environment of a process, where there is one to tell of.</summary>
    public static Dictionary<string, string> Tell(ParameterFolder? folder, Dictionary<string, string> environment)
    {
        if (folder is not null)
        {
            environment[ParameterSettings.CacheVariable] = folder.Path;
        }

        return environment;
    }

    /// <summary>Whose parameters of a circuit are here; null when they are missing.</summary>
    /// <exception cref="OperatorException">They are damaged, or of two origins.</exception>
    public ParameterOrigin? Look(CircuitId circuit)
    {
        var parameters = Inspect(circuit, ParameterFile.Parameters);
        if (parameters.State == ParameterState.Missing)
        {
            // A key alone is what verifiers have, or what another launcher is about to complete.
            return null;
        }

        var key = Inspect(circuit, ParameterFile.VerifyingKey);
        return key.State == ParameterState.Missing
            ? throw Unusable($"{parameters.Path} is there without {key.Path}", parameters.Path)
            : _cache.DifferenceFromKey(circuit) is not null
            ? throw Unusable($"{key.Path} is not the key of {parameters.Path}", $"both files, and their .sha256,")
            : parameters.State == ParameterState.Official ? ParameterOrigin.Official
            : ParameterOrigin.TestParameters;
    }

    /// <summary>Refuses to make parameters where a part of some lies already.</summary>
    /// <exception cref="OperatorException">One does.</exception>
    public void RefuseRemains(CircuitId circuit)
    {
        foreach (var name in new[] { circuit.VerifyingKeyName, circuit.ParametersName })
        {
            var path = System.IO.Path.Combine(Path, name);
            if (new[] { path, path + ParameterStaging.DigestEnding }.FirstOrDefault(File.Exists) is { } taken)
            {
                throw Unusable($"{taken} is there, but not all files of {circuit}", taken);
            }
        }
    }

    private static OperatorException Unusable(string what, string toDelete) =>
        new(what, $"delete {toDelete} if nobody needs it, or name another folder in {ParameterSettings.CacheVariable}");

    private ParameterReport Inspect(CircuitId circuit, ParameterFile file)
    {
        var report = _cache.Inspect(circuit, file);
        return report.State == ParameterState.Damaged
            ? throw Unusable($"the parameter file {report.Path} cannot be used: {report.Reason}", report.Path)
            : report;
    }
}
