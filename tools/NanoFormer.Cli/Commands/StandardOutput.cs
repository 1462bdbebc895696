using System.Runtime.InteropServices;
using System.Text;

namespace NanoFormer.Cli.Commands;

/// <summary>
/// Standard output that ends the command when nobody reads it any longer, as behind <c>| head -1</c>: .NET would go on writing into the
/// void.
/// </summary>
internal static class StandardOutput
{
    /// <summary>The exit code of a program that a closed pipe ended.</summary>
    public const int ClosedExitCode = 128 + 13;

    /// <summary>Replaces <see cref="Console.Out"/> where it is a pipe.</summary>
    public static void Watch()
    {
        if (Console.IsOutputRedirected && !OperatingSystem.IsWindows())
        {
            Console.SetOut(new StreamWriter(new WatchedStream(Console.OpenStandardOutput()), new UTF8Encoding(false)) { AutoFlush = true });
        }
    }

    /// <summary>Nobody reads standard output any longer.</summary>
    internal sealed class ClosedException() : IOException("Nobody reads standard output any longer.");

    private sealed class WatchedStream(Stream output) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            output.Write(buffer);
            var poll = new Poll { File = 1 };
            if (PollFiles(ref poll, 1, 0) > 0 && (poll.Found & PollError) != 0)
            {
                throw new ClosedException();
            }
        }

        public override void Flush() => output.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }

    private const short PollError = 8;

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int File;
        public short Asked;
        public short Found;
    }

    /// <summary>poll(2): a pipe without a reader is in error.</summary>
    [DllImport("libc", EntryPoint = "poll")]
    private static extern int PollFiles(ref Poll files, nuint count, int milliseconds);
}
