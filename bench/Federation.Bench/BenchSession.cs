using System.Globalization;
using Federation.Bench.Figures;
using Federation.Bench.Measuring;
using Federation.Bench.References;
using Federation.Proofs;

namespace Federation.Bench;

/// <summary>One run over chosen figures, with a folder of its own that is removed at the end.</summary>
internal sealed class BenchSession : IDisposable
{
    private const string ParentCacheVariable = "FIL_PROOFS_PARENT_CACHE";

    private readonly RunSettings _settings;
    private readonly Action<string> _progress;

    /// <param name="folder">Where the run's folder is made, and what stays: parent caches and Groth16 parameters,
    /// unless the environment names folders that have them.</param>
    /// <param name="limit">Time for each figure.</param>
    /// <param name="byProcessorTime">Take processor time.</param>
    /// <param name="progress">Takes a line for whoever waits.</param>
    public BenchSession(string folder, TimeSpan limit, bool byProcessorTime, Action<string> progress)
    {
        var id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var directory = Path.GetFullPath(Path.Combine(folder, $"fed-bench-{id}"));
        var parents = Environment.GetEnvironmentVariable(ParentCacheVariable);
        Directory.CreateDirectory(directory);
        _progress = progress;
        _settings = new RunSettings(
            limit,
            byProcessorTime,
            directory,
            string.IsNullOrEmpty(parents) ? Path.GetFullPath(Path.Combine(folder, "fed-bench-parents")) : parents,
            Path.GetFullPath(Path.Combine(folder, "fed-bench-parameters")));
    }

    /// <summary>Takes the figures one after the other.</summary>
    public void Run(FigureChoice choice, Action<FigureResult> report, CancellationToken cancellationToken)
    {
        var runner = new FigureRunner(_settings, _progress);
        var figures = FigureCatalog.Create();
        foreach (var path in InstructionPaths.Chosen)
        {
            _progress($"{path.Work}: {path.Path}");
        }

        foreach (var name in figures.Where(choice.LeavesOut).Select(one => one.Name))
        {
            _progress($"{name} is left out: name it, or say --full");
        }

        foreach (var figure in figures.Where(choice.Takes))
        {
            report(Take(runner, figure, cancellationToken));
        }
    }

    /// <summary>Removes the folder.</summary>
    public void Dispose() => Directory.Delete(_settings.Directory, recursive: true);

    private FigureResult Take(FigureRunner runner, IFigure figure, CancellationToken cancellationToken)
    {
        using var folder = new FigureFolder(Path.Combine(_settings.Directory, figure.Name));
        using var reference = ReferenceFigures.Create().SingleOrDefault(one => one.Name == figure.Reference);
        using (figure)
        {
            return runner.Measure(figure, reference, folder.Path, cancellationToken);
        }
    }
}
