using System;

namespace NanoFormer.Interop
{
    /// <summary>The engine refused an image, a window or an output.</summary>
    public sealed class TransformerException : Exception
    {
        /// <summary>An error with the engine's own text for a status of <see cref="EngineStatus"/>.</summary>
        public TransformerException(int status)
            : this(status, EngineStatus.TextOf(status))
        {
        }

        /// <summary>An error with a text of its own.</summary>
        public TransformerException(int status, string text)
            : base(EngineStatus.NameOf(status) + ": " + text)
        {
            Status = status;
        }

        /// <summary>The engine's status number, below 0.</summary>
        public int Status { get; }

        /// <summary>The status's stable name, such as BAD_CHECKSUM.</summary>
        public string StatusName
        {
            get { return EngineStatus.NameOf(Status); }
        }

        /// <summary>A name for any exception: the engine's status name, or the exception's type.</summary>
        public static string NameOf(Exception exception)
        {
            var refused = exception as TransformerException;
            return refused != null ? refused.StatusName : exception.GetType().Name;
        }
    }
}
