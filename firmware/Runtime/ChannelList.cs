using System.Text;
using NanoFormer.Interop;

namespace NanoFormer.Runtime
{
    /// <summary>The channels of a model as one word of the log: NAME:UNIT:MANTISSA:SHIFT of each.</summary>
    /// <remarks>A step of a channel is MANTISSA / 2^SHIFT units.</remarks>
    internal static class ChannelList
    {
        private const int MantissaBits = 31;

        /// <summary>The word; fractions are reduced, and what has a meaning in it is an underscore where a name holds it.</summary>
        internal static string Of(ModelInfo model)
        {
            var text = new StringBuilder();
            for (int i = 0; i < model.ChannelCount; i++)
            {
                if (i > 0)
                {
                    text.Append(',');
                }

                AppendName(text, model.ChannelNames[i]);
                text.Append(':');
                AppendName(text, model.ChannelUnits[i]);
                AppendStep(text, model.ChannelScaleMantissas[i], MantissaBits - model.ChannelScaleShifts[i]);
            }

            return text.ToString();
        }

        private static void AppendName(StringBuilder text, string name)
        {
            for (int i = 0; i < name.Length; i++)
            {
                char c = name[i];
                text.Append(c == ':' || c == ',' ? '_' : c);
            }
        }

        private static void AppendStep(StringBuilder text, long mantissa, int shift)
        {
            for (; shift < 0; shift++)
            {
                mantissa *= 2;
            }

            for (; shift > 0 && mantissa % 2 == 0; shift--)
            {
                mantissa /= 2;
            }

            text.Append(':');
            text.Append(mantissa);
            text.Append(':');
            text.Append(shift);
        }
    }
}
