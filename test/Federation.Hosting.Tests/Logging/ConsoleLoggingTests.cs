using System.Text.RegularExpressions;
using Federation.Hosting.Logging;
using Microsoft.Extensions.Logging;

namespace Federation.Hosting.Tests.Logging;

public sealed partial class ConsoleLoggingTests
{
    [Fact]
    public void Log_Events_AreOneLineEachWhateverTheyHold()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        using (var loggers = ConsoleLogging.Create(writer))
        {
            var logger = loggers.CreateLogger("Federation.Miner");
            LogHello(logger, "a\nb\tc\u001b[2J");
            LogBroken(logger, new InvalidOperationException("x\ny"));
            LogHello(loggers.CreateLogger("Microsoft.AspNetCore"), "hidden");
        }

        var lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Matches(Line(), lines[0]);
        Assert.EndsWith("\tINFO\tFederation.Miner\thello a\\nb\\tc\\u001b[2J", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(
            "\tERROR\tFederation.Miner\tbroken\tSystem.InvalidOperationException: x\\ny",
            lines[1],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, LogLevel.Information)]
    [InlineData("", LogLevel.Information)]
    [InlineData("debug", LogLevel.Debug)]
    [InlineData("WARN", LogLevel.Warning)]
    [InlineData("error", LogLevel.Error)]
    public void ParseLevel_Name_IsKnown(string? name, LogLevel level) =>
        Assert.Equal(level, ConsoleLogging.ParseLevel(name));

    [Fact]
    public void ParseLevel_UnknownName_SaysWhichAreKnown()
    {
        var error = Assert.Throws<OperatorException>(() => ConsoleLogging.ParseLevel("loud"));

        Assert.Equal("GOLOG_LOG_LEVEL = \"loud\" is no log level", error.Message);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t")]
    private static partial Regex Line();

    [LoggerMessage(9001, LogLevel.Information, "hello {Name}")]
    private static partial void LogHello(ILogger logger, string name);

    [LoggerMessage(9002, LogLevel.Error, "broken")]
    private static partial void LogBroken(ILogger logger, Exception exception);
}
