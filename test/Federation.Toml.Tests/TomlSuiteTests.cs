namespace Federation.Toml.Tests;

/// <summary>The public suite's cases of TOML 1.0.</summary>
public sealed class TomlSuiteTests
{
    private const int ValidCount = 210;
    private const int InvalidCount = 499;

    private static readonly IReadOnlyList<SuiteCase> Valid = SuiteCase.Load("valid.jsonl");
    private static readonly IReadOnlyList<SuiteCase> Invalid = SuiteCase.Load("invalid.jsonl");

    public static TheoryData<string> ValidNames => [.. Valid.Select(c => c.Name)];

    public static TheoryData<string> InvalidNames => [.. Invalid.Select(c => c.Name)];

    [Fact]
    public void Load_PinnedSuite_HoldsEveryCaseOnce()
    {
        Assert.Equal(ValidCount, Valid.DistinctBy(c => c.Name).Count());
        Assert.Equal(InvalidCount, Invalid.DistinctBy(c => c.Name).Count());
        Assert.All(Valid, c => Assert.NotNull(c.Expected));
    }

    [Theory]
    [MemberData(nameof(ValidNames))]
    public void Parse_ValidCase_YieldsTheSuitesValues(string name)
    {
        var suiteCase = Valid.Single(c => c.Name == name);

        var table = TomlDocument.Parse(suiteCase.Document, name);

        TaggedJson.AssertMatches(suiteCase.Expected!.Value, table);
    }

    [Theory]
    [MemberData(nameof(InvalidNames))]
    public void Parse_InvalidCase_IsRefusedWithOnePlacedSentence(string name)
    {
        var suiteCase = Invalid.Single(c => c.Name == name);

        var error = Assert.Throws<TomlException>(() => { TomlDocument.Parse(suiteCase.Document, name); });

        Assert.Equal($"{name}:{error.Position.Line}:{error.Position.Column}: {error.Problem}.", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        var lines = suiteCase.Document.Count(b => b == '\n') + 1;
        Assert.InRange(error.Position.Line, 1, lines);
        Assert.InRange(error.Position.Column, 1, suiteCase.Document.Length + 1);
    }
}
