namespace NanoFormer.Interop
{
    /// <summary>Names and texts of the engine's status numbers (<c>nf_status</c>).</summary>
    public static class EngineStatus
    {
        /// <summary>Done.</summary>
        public const int Ok = 0;

        /// <summary>A window or output of the wrong length.</summary>
        public const int WrongShape = -14;

        /// <summary>A test vector gave other bytes.</summary>
        public const int SelfTestFailed = -15;

        /// <summary>The image holds no test vectors.</summary>
        public const int NoTestVectors = -16;

        /// <summary>A run or a stream was continued that was never begun.</summary>
        public const int NotRunning = -17;

        /// <summary>The model does not stream.</summary>
        public const int NoStream = -19;

        /// <summary>The stable upper-case name of a status, as the engine itself gives it.</summary>
        public static string NameOf(int status)
        {
            switch (status)
            {
                case 0: return "OK";
                case -1: return "NULL_ARGUMENT";
                case -2: return "MISALIGNED";
                case -3: return "TRUNCATED";
                case -4: return "BAD_MAGIC";
                case -5: return "UNSUPPORTED_VERSION";
                case -6: return "BAD_CHECKSUM";
                case -7: return "BAD_HEADER";
                case -8: return "BAD_TENSOR";
                case -9: return "BAD_OPERATOR";
                case -10: return "UNSUPPORTED_OPERATOR";
                case -11: return "BAD_PLAN";
                case -12: return "BAD_TABLE";
                case -13: return "ARENA_TOO_SMALL";
                case -14: return "WRONG_SHAPE";
                case -15: return "SELF_TEST_FAILED";
                case -16: return "NO_TEST_VECTORS";
                case -17: return "NOT_RUNNING";
                case -18: return "OVERSIZED";
                case -19: return "NO_STREAM";
                default: return "UNKNOWN_STATUS";
            }
        }

        /// <summary>One sentence that says what is wrong.</summary>
        public static string TextOf(int status)
        {
            switch (status)
            {
                case 0: return "No error.";
                case -1: return "A required argument is null.";
                case -2: return "The image or the arena does not start on a 4-byte boundary.";
                case -3: return "The image has fewer bytes than it says.";
                case -4: return "This is not a model image.";
                case -5: return "The image has another format version.";
                case -6: return "The image is damaged: its checksum does not match.";
                case -7: return "A header field is out of range.";
                case -8: return "A tensor record is out of range.";
                case -9: return "An operator's operands, shapes or parameters do not fit together.";
                case -10: return "The image holds an operator that this build does not know.";
                case -11: return "The arena plan reads bytes not yet written, or overwrites live ones.";
                case -12: return "A table or quantization constant is out of range.";
                case -13: return "The arena is smaller than the image asks for.";
                case -14: return "The window or the output has the wrong length.";
                case -15: return "A test vector of the image gave other bytes.";
                case -16: return "The image holds no test vectors.";
                case -17: return "A run or a stream was continued that was never begun.";
                case -18: return "There are more bytes than the image says it has.";
                case -19: return "The model does not stream.";
                default: return "The engine returned an unknown status.";
            }
        }
    }
}
