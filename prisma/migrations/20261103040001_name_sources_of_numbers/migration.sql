-- Names the patient as a source of numbers. A value of its own step: it cannot be used in the step that adds it.
ALTER TYPE "MeasurementSource" ADD VALUE 'patient';
