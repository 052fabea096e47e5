using Federation.Launcher.Sites;

namespace Federation.Launcher.Tests;

public sealed class TomlEditTests
{
    private const string Template =
        """
        [API]
          # Where it listens.
          #ListenAddress = "/ip4/127.0.0.1/tcp/2345/http"

        [SealAgent]
          EtcdAddrs = ["a:1"]
          #ServePortX = 1

        [Other]
          ServePort = 5
        """;

    [Fact]
    public void Set_KeyInAComment_ReplacesThatLineOnly()
    {
        var text = TomlEdit.Set(Template, "API", "ListenAddress", "\"x\"");

        Assert.Equal(Template.Replace("  #ListenAddress = \"/ip4/127.0.0.1/tcp/2345/http\"", "  ListenAddress = \"x\"",
            StringComparison.Ordinal) + "\n", text);
    }

    [Fact]
    public void Set_KeyOfAnotherSection_IsLeftAlone()
    {
        var text = TomlEdit.Set(Template, "SealAgent", "ServePort", "7");

        Assert.Contains("[SealAgent]\n  ServePort = 7\n  EtcdAddrs", text, StringComparison.Ordinal);
        Assert.EndsWith("[Other]\n  ServePort = 5\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Set_Twice_ChangesNothingMore()
    {
        var once = TomlEdit.Set("", "A", "B", "1");

        Assert.Equal("[A]\n  B = 1\n", once);
        Assert.Equal(once, TomlEdit.Set(once, "A", "B", "1"));
        Assert.Equal("[A]\n  B = 1\n\n[C]\n  D = 2\n", TomlEdit.Set(once, "C", "D", "2"));
    }
}
