using Federation.Hosting.Config;

namespace Federation.Worker.External;

/// <summary>
/// Which phases run in programs of the operator's, as the worker's <c>config.toml</c> says. Immutable.
/// </summary>
/// <param name="Programs">The programs by phase.</param>
public sealed record ExternalConfig(IReadOnlyDictionary<string, ExternalProgram> Programs)
{
    private const string SectionName = "External";
    private const int MostProcesses = 64, MostTasks = 1000;

    /// <summary>The phases that can be given away: those that compute.</summary>
    public static IReadOnlyList<string> Phases { get; } = ["AP", "PC1", "PC2", "C1", "C2"];

    /// <summary>All phases run in this process.</summary>
    public static ExternalConfig None { get; } = new(new Dictionary<string, ExternalProgram>());

    /// <summary>Binds the configuration.</summary>
    public static ExternalConfig Read(ConfigReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var programs = Phases.Select(phase => Read(reader.Section($"{SectionName}.{phase}"), phase));
        return new ExternalConfig(
            programs.OfType<ExternalProgram>().ToDictionary(program => program.Phase, StringComparer.Ordinal));
    }

    private static ExternalProgram? Read(ConfigSection section, string phase)
    {
        var standard = new ExternalProgram { Phase = phase, Program = "" };
        var program = standard with
        {
            Program = section.Read(
                nameof(standard.Program), ProgramType.Instance, "",
                $"The program that runs {phase}; docs/external-prover.md tells what it reads and writes.\n"
                + $"Empty: {phase} runs in the worker."),
            Arguments = section.Read("Args", new ArgumentsType(), [], "Its arguments. No shell reads them."),
            Processes = (int)section.Read(
                nameof(standard.Processes), ConfigTypes.WholeNumber(1, MostProcesses), standard.Processes,
                $"How many processes of it run. From 1 to {MostProcesses}."),
            Concurrency = (int)section.Read(
                nameof(standard.Concurrency), ConfigTypes.WholeNumber(1, MostTasks), standard.Concurrency,
                "Tasks that each process is given at once. A task that is cancelled or takes too long ends its\n"
                + $"process, and the process' other tasks are then tried again. From 1 to {MostTasks}."),
            Variables = section.Read(
                "Environment", new VariablesType(), standard.Variables,
                "Its environment: \"NAME=VALUE\", or \"NAME\" for the worker's value. It has PATH, HOME, LANG,\n"
                + "LC_ALL, TMPDIR, TZ, DOTNET_ROOT and FIL_PROOFS_* of the worker's anyway, and nothing else."),
            Cpus = section.Read<CpuSet?>(
                "CpuSet", CpuSetType, null, "The processors that it may use, such as \"0-7,16\". Empty: the worker's."),
            StartTimeout = Time(section, nameof(standard.StartTimeout), standard.StartTimeout,
                "How long it may take to say that it is ready."),
            Timeout = Time(section, nameof(standard.Timeout), standard.Timeout, "How long one task may take."),
            RestartDelay = Time(section, nameof(standard.RestartDelay), standard.RestartDelay,
                "Wait before it is started again after it died without an answer, doubled each time, up to a minute."),
        };
        if (program.Program.Length > 0)
        {
            return program;
        }

        if (section.IsSet("Args") || section.IsSet("Environment") || section.IsSet("CpuSet"))
        {
            section.AddError(nameof(standard.Program), "is missing: the section says how it is run");
        }

        return null;
    }

    private static ConfigType<CpuSet?> CpuSetType { get; } = ConfigTypes.Parsed<CpuSet?>(
        "string", "processors such as \"0-7,16\"",
        text => text.Length == 0 ? (null, null)
            : CpuSet.TryParse(text, out var set, out var problem) ? (set, null) : (null, problem),
        set => set?.Text ?? "");

    private static TimeSpan Time(ConfigSection section, string key, TimeSpan standard, string description) =>
        section.Read(
            key, ConfigTypes.Duration(TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(30)), standard,
            description + " From 10ms to 720h0m0s.");
}
