using System.Globalization;
using System.Net;
using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Federation.Proto.Transport.Wire;

namespace Federation.Proto.Tests.Wire;

public sealed class StatusMappingTests
{
    [Theory]
    [InlineData("0", StatusCode.OK)]
    [InlineData("5", StatusCode.NotFound)]
    [InlineData("16", StatusCode.Unauthenticated)]
    [InlineData("17", StatusCode.Unknown)]
    [InlineData("-1", StatusCode.Unknown)]
    [InlineData("", StatusCode.Unknown)]
    [InlineData("zero", StatusCode.Unknown)]
    [InlineData("99999999999999999999", StatusCode.Unknown)]
    public void FromTrailers_AnyText_IsAStatus(string code, StatusCode expected) =>
        Assert.Equal(expected, StatusMapping.FromTrailers(code, null).Code);

    [Fact]
    public void FromTrailers_RandomText_NeverThrowsAndOKIsOnlyZero()
    {
        var random = new Random(Seeds.Seed);
        for (var round = 0; round < Seeds.Cases; round++)
        {
            var text = new string(random.GetItems<char>("0123456789+-eE x%\0", random.Next(0, 6)));
            var status = StatusMapping.FromTrailers(text, text);
            var isZero = text.Length > 0 && text.All(c => c == '0');

            Assert.True((status.Code == StatusCode.OK) == isZero, $"seed {Seeds.Seed} round {round}: '{text}'");
        }
    }

    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    [InlineData(200, StatusCode.Unknown)]
    public void FromHttp_Code_MapsAsGrpcSays(int http, StatusCode expected) =>
        Assert.Equal(expected, StatusMapping.FromHttp((HttpStatusCode)http));

    [Fact]
    public void StatusCode_Numbers_AreGrpcs()
    {
        string[] names =
        [
            "OK", "Cancelled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound", "AlreadyExists",
            "PermissionDenied", "ResourceExhausted", "FailedPrecondition", "Aborted", "OutOfRange", "Unimplemented",
            "Internal", "Unavailable", "DataLoss", "Unauthenticated",
        ];
        Assert.Equal(names, Enumerable.Range(0, names.Length).Select(n => ((StatusCode)n).ToString()));
        Assert.Equal("17", ((StatusCode)names.Length).ToString("D"));
        Assert.Equal(names.Length.ToString(CultureInfo.InvariantCulture), ((StatusCode)17).ToString());
    }
}
