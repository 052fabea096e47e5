using Federation.Hosting;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Launcher.Parameters;

/// <summary>
/// Where a circuit's parameters are made before the cache has them: a folder of its own inside the cache, which gets
/// its second name once the generator has ended well. Whoever holds the cache's lock deletes folders of the first kind
/// and completes one of the second, so that a launcher may be killed at any moment.
/// </summary>
internal sealed class ParameterStaging(string cache, CircuitId circuit)
{
    /// <summary>What the name of a digest beside a file ends with.</summary>
    public const string DigestEnding = ".sha256";

    private const string LastEnding = ".params";

    private readonly string _name = $"{circuit.KindName}-{circuit.Shape.Name}";

    private string Made => Path.Combine(cache, $"{_name}.made");

    /// <summary>Deletes what was begun and not ended.</summary>
    public void DeleteUnfinished()
    {
        foreach (var unfinished in Directory.EnumerateDirectories(cache, $"{_name}.making-*"))
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }

    /// <summary>
    /// A new folder to make them in. A generator that outlived its launcher still writes into an earlier one, so that
    /// no name is used twice.
    /// </summary>
    public string Begin() =>
        Directory.CreateDirectory(Path.Combine(cache, $"{_name}.making-{Guid.NewGuid():N}")).FullName;

    /// <summary>What was made in a folder is whole.</summary>
    public void End(string folder) => Directory.Move(folder, Made);

    /// <summary>
    /// Moves what was made into the cache, the file that readers look for last; nothing where none is.
    /// </summary>
    /// <exception cref="OperatorException">A file is in the way.</exception>
    public void Publish()
    {
        if (!Directory.Exists(Made))
        {
            return;
        }

        var files = Directory.GetFiles(Made).OrderBy(file => file.EndsWith(LastEnding, StringComparison.Ordinal));
        foreach (var file in files)
        {
            var target = Path.Combine(cache, Path.GetFileName(file));
            if (File.Exists(target))
            {
                throw new OperatorException(
                    $"{target} exists, and parameters are never overwritten", $"delete it, or {Made}");
            }

            File.Move(file, target, overwrite: false);
        }

        Directory.Delete(Made);
    }
}
