using Federation.Chain.Devnet;
using Federation.Journal;

namespace Federation.Chain.Tests.Devnet;

public sealed class DevnetLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("devnet-log").FullName;

    private string LogPath => Path.Combine(_folder, "chain.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_LastRecordTornAtEveryByte_KeepsAllBefore()
    {
        var whole = Write(3);
        var twoLength = LengthAfter(2);
        for (var length = twoLength; length < whole.Length; length++)
        {
            File.WriteAllBytes(LogPath, whole[..length]);
            using (DevnetLog.Open(LogPath, out var records))
            {
                Assert.Equal(2, records.Count);
            }

            Assert.Equal(twoLength, new FileInfo(LogPath).Length);
        }
    }

    [Fact]
    public void Open_EveryByteOfMidLogChanged_Refuses()
    {
        var whole = Write(3);
        for (var at = 0; at < LengthAfter(2); at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x20;
            File.WriteAllBytes(LogPath, damaged);
            Assert.Throws<InvalidDataException>(() => DevnetLog.Open(LogPath, out _));
        }
    }

    /// <summary>What was never acknowledged may have come to disk as bytes of any kind.</summary>
    [Fact]
    public void Open_EveryByteOfTheLastRecordChanged_KeepsAllBefore()
    {
        var whole = Write(3);
        for (var at = LengthAfter(2); at < whole.Length; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x20;
            File.WriteAllBytes(LogPath, damaged);
            using (DevnetLog.Open(LogPath, out var records))
            {
                Assert.Equal(2, records.Count);
            }
        }
    }

    [Fact]
    public void Open_LastRecordLeftAsZeros_KeepsAllBefore()
    {
        var whole = Write(2);
        whole.AsSpan(LengthAfter(1)).Clear();
        File.WriteAllBytes(LogPath, whole);
        using (DevnetLog.Open(LogPath, out var records))
        {
            Assert.Single(records);
        }

        File.WriteAllBytes(LogPath, new byte[100]);
        using (DevnetLog.Open(LogPath, out var none))
        {
            Assert.Empty(none);
        }
    }

    /// <summary>A log of another kind is not cut to nothing, which would begin a new devnet over the old one.</summary>
    [Fact]
    public void Open_AnotherKindOfFile_RefusesAndLeavesItAsItIs()
    {
        byte[] other = [0x2c, 1, 0, 0, .. "something else that somebody needs"u8];
        File.WriteAllBytes(LogPath, other);
        Assert.Throws<InvalidDataException>(() => DevnetLog.Open(LogPath, out _));
        Assert.Equal(other, File.ReadAllBytes(LogPath));
    }

    [Fact]
    public void Open_RecordOfAKindNotKnown_RefusesNamingTheByte()
    {
        File.WriteAllBytes(LogPath, Frame.Encode(1, """{"kind":"newer"}"""u8));
        var refusal = Assert.Throws<InvalidDataException>(() => DevnetLog.Open(LogPath, out _));
        Assert.Contains("byte 0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderMissing_IsMadeWithWhatIsMissingAboveIt()
    {
        var path = Path.Combine(_folder, "a", "b", "chain.log");
        using (var log = DevnetLog.Open(path, out _))
        {
            log.Append(new PushRecord(1, [1]));
        }

        using (DevnetLog.Open(path, out var records))
        {
            Assert.Single(records);
        }
    }

    [Fact]
    public void Open_FileWhereTheFolderBelongs_IsAnIOException()
    {
        File.WriteAllText(Path.Combine(_folder, "a"), "");
        Assert.ThrowsAny<IOException>(() => DevnetLog.Open(Path.Combine(_folder, "a", "b", "chain.log"), out _));
        Assert.ThrowsAny<IOException>(() => FolderSync.Flush(Path.Combine(_folder, "absent")));
    }

    [Fact]
    public void Open_WhileAnotherHasIt_IsRefused()
    {
        using var first = DevnetLog.Open(LogPath, out _);
        Assert.Throws<IOException>(() => DevnetLog.Open(LogPath, out _));
    }

    [Fact]
    public void Append_AfterATornRecord_IsReadBack()
    {
        var whole = Write(2);
        File.WriteAllBytes(LogPath, whole[..^1]);
        using (var log = DevnetLog.Open(LogPath, out _))
        {
            log.Append(new PushRecord(77, [9]));
        }

        using (DevnetLog.Open(LogPath, out var records))
        {
            Assert.Equal(77, Assert.IsType<PushRecord>(records[^1]).Epoch);
            Assert.Equal(2, records.Count);
        }
    }

    private byte[] Write(int count)
    {
        File.Delete(LogPath);
        using (var log = DevnetLog.Open(LogPath, out _))
        {
            for (var index = 0; index < count; index++)
            {
                log.Append(new PushRecord(index, [1, 2, 3, (byte)index]));
            }
        }

        return File.ReadAllBytes(LogPath);
    }

    private int LengthAfter(int count)
    {
        var whole = File.ReadAllBytes(LogPath);
        var length = Write(count).Length;
        File.WriteAllBytes(LogPath, whole);
        return length;
    }
}
