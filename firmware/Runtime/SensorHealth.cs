using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>Finds a sensor that answers but does not measure: its windows look like rest, and a model would be sure of them.</summary>
    /// <remarks>
    /// A working sensor's noise changes every value within a window, and a sensor at rest feels the earth's gravity whichever way it lies.
    /// </remarks>
    internal sealed class SensorHealth
    {
        private readonly int _usedValues;
        private readonly long _stepsPerG;

        /// <summary>For a capture of some values of a sensor's sample.</summary>
        /// <param name="values">Indexes of the values that are used.</param>
        /// <param name="scale">The size of their steps.</param>
        internal SensorHealth(int[] values, SensorScale scale)
        {
            for (int i = 0; i < values.Length; i++)
            {
                _usedValues |= 1 << values[i];
            }

            _stepsPerG = (1L << (31 - scale.AccelShift)) / scale.AccelMantissa;
        }

        /// <summary>
        /// What is wrong: <c>values</c> when every used value is frozen, <c>axis</c> when some are, <c>gravity</c> when a still
        /// sensor feels less than half of it or more than one and a half; null when nothing is.
        /// </summary>
        internal string FaultIn(CaptureFacts window)
        {
            int frozen = window.FrozenValues & _usedValues;
            if (frozen == _usedValues)
            {
                return "values";
            }

            if (frozen != 0)
            {
                return "axis";
            }

            return window.IsStill && !IsGravity(window) ? "gravity" : null;
        }

        private bool IsGravity(CaptureFacts window)
        {
            long squares = 0;
            for (int axis = 0; axis < 3; axis++)
            {
                squares += (long)window.NewestAcceleration(axis) * window.NewestAcceleration(axis);
            }

            long gravity = _stepsPerG * _stepsPerG;
            return 4 * squares >= gravity && 4 * squares <= 9 * gravity;
        }
    }
}
