using Federation.Worker.Run;

namespace Federation.Worker.Tests.Run;

public sealed class HugePageSettingTests
{
    [Theory]
    [InlineData("always [madvise] never\n", "madvise")]
    [InlineData("[always] madvise never\n", "always")]
    [InlineData("always madvise [never]\n", "never")]
    [InlineData("", "none")]
    [InlineData("always\n", "none")]
    public void Parse_SystemsText_IsTheChosenOne(string text, string setting) =>
        Assert.Equal(setting, HugePageSetting.Parse(text));
}
