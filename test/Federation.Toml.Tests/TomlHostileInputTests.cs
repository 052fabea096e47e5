using System.Globalization;
using System.Text;

namespace Federation.Toml.Tests;

/// <summary>Documents that aim at the reader: deep, long, and mutated ones.</summary>
public sealed class TomlHostileInputTests
{
    private const int Depth = 200_000;
    private const int Seed = 0x70311;

    /// <summary>
    /// An object of the model for each two or three bytes, such as <c>[],</c>, is the most that text can ask for.
    /// </summary>
    private const int MaxBytesPerByte = 200;

    private static readonly string[] Fragments =
    [
        "[", "[[", "]", "]]", "{", "}", "=", ".", ",", "\n", "\r\n", "\r", "\"", "\"\"\"", "'", "'''", "\\", "\\u00e9",
        "\\U0010FFFF", "#", " ", "\t", "a", "a.b", "a = 1\n", "[a]\n", "[[a]]\n", "a.b.c = {}\n", "0x", "1_000", "-0",
        "1e6", "inf", "nan", "true", "1979-05-27", "T07:32:00Z", "07:32:00.999999", "+01:30", "\0",
        "\u007F", "é", "\uFEFF",
    ];

    [Theory]
    [InlineData("a = [", "]")]
    [InlineData("a = {b = ", "}")]
    public void Parse_DeepNesting_NeedsNoCallStack(string open, string close)
    {
        var inner = open[4..];
        var text = "a = " + string.Concat(Enumerable.Repeat(inner, Depth)) + (inner == "[" ? "" : "1")
            + string.Concat(Enumerable.Repeat(close, Depth));

        var root = TomlDocument.Parse(text, "deep");
        var unclosed = Assert.Throws<TomlException>(() => { TomlDocument.Parse(text[..^1], "deep"); });

        Assert.Single(root.Entries);
        Assert.Equal(text.Length, unclosed.Position.Column);
    }

    [Fact]
    public void Parse_DeepDottedKey_NeedsNoCallStack()
    {
        var key = string.Join('.', Enumerable.Repeat("k", Depth));

        var root = TomlDocument.Parse($"[{key}]\n{key} = 1\n", "deep");

        var depth = 0;
        for (TomlValue value = root; value is TomlTable table; value = table.Entries.First().Value)
        {
            depth++;
        }

        Assert.Equal(2 * Depth, depth);
    }

    [Theory]
    [InlineData("a = [{0}]", "[],")]
    [InlineData("{0}", "[[a]]\n")]
    [InlineData("a = [{0}]", "{a=1},")]
    [InlineData("a = \"\"\"{0}\"\"\"", "\\t")]
    [InlineData("a = [{0}]", "#\n")]
    [InlineData("a = [{0}", "1,")]
    public void Parse_LongDocument_AllocatesInProportion(string frame, string piece)
    {
        var small = Allocated(Repeat(10_000));
        var large = Allocated(Repeat(160_000));

        Assert.True(
            small <= 64 * 1024 + MaxBytesPerByte * Repeat(10_000).Length, $"{small} bytes for the small document");
        Assert.True(
            large <= 20 * small + 64 * 1024, $"{small} bytes for the small document, {large} for one of 16 times");

        byte[] Repeat(int count) => Encoding.UTF8.GetBytes(string.Format(
            CultureInfo.InvariantCulture, frame, string.Concat(Enumerable.Repeat(piece, count))));
    }

    [Fact]
    public void Parse_MutatedDocuments_AreReadOrRefusedAndSurviveRewriting()
    {
        var cases = int.TryParse(
            Environment.GetEnvironmentVariable("FEDERATION_FUZZ_CASES"), CultureInfo.InvariantCulture, out var n)
            ? n : 100_000;
        var corpus = SuiteCase.Load("valid.jsonl").Concat(SuiteCase.Load("invalid.jsonl"))
            .Select(c => c.Document).Where(d => d.Length is > 0 and < 2_000).ToArray();
        var random = new Random(Seed);
        var accepted = 0;
        for (var i = 0; i < cases; i++)
        {
            var document = Mutate(corpus, random);
            try
            {
                accepted += IsReadConsistently(document) ? 1 : 0;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, case {i}, document {Convert.ToBase64String(document)}: {e}");
            }
        }

        Assert.True(
            accepted > cases / 20,
            $"only {accepted} of {cases} mutated documents were accepted: too wild to prove much");
    }

    private static long Allocated(byte[] document)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            TomlDocument.Parse(document, "long");
        }
        catch (TomlException)
        {
            // A refused document is bound by the same law.
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>
    /// False when the document is refused; a document that is read must read the same when written out anew.
    /// </summary>
    private static bool IsReadConsistently(byte[] document)
    {
        TomlTable table;
        try
        {
            table = TomlDocument.Parse(document, "fuzz");
        }
        catch (TomlException e)
        {
            Assert.InRange(e.Position.Column, 1, document.Length + 1);
            return false;
        }

        var written = CanonicalToml.Write(table);
        Assert.Equal(written, CanonicalToml.Write(TomlDocument.Parse(written, "written")));
        return true;
    }

    private static byte[] Mutate(byte[][] corpus, Random random)
    {
        var document = new List<byte>(corpus[random.Next(corpus.Length)]);
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(document.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < document.Count:
                    document[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    document.InsertRange(at, Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]));
                    break;
                case 2:
                    document.RemoveRange(at, Math.Min(random.Next(1, 8), document.Count - at));
                    break;
                case 3:
                    var donor = corpus[random.Next(corpus.Length)];
                    var from = random.Next(donor.Length);
                    document.InsertRange(at, donor[from..Math.Min(donor.Length, from + random.Next(1, 40))]);
                    break;
                default:
                    document.InsertRange(at, document.GetRange(at, Math.Min(random.Next(1, 20), document.Count - at)));
                    break;
            }
        }

        return [.. document];
    }
}
